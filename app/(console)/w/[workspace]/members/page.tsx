import { MembersPage } from './members-page.tsx'

export default function Page() {
  return <MembersPage />
}
