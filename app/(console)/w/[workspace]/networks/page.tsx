import { VpcsPage } from './vpcs-page.tsx'

export default function Page() {
  return <VpcsPage />
}
