import { AccessPage } from './access-page.tsx'

export default function Page() {
  return <AccessPage />
}
