import { SecurityGroupsPage } from './security-groups-page.tsx'

export default function Page() {
  return <SecurityGroupsPage />
}
