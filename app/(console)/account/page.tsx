import { AccountPage } from './account-page.tsx'

export default function Page() {
  return <AccountPage />
}
