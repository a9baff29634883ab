import { GatewayDomainsPage } from './gateway-domains-page.tsx'

export default function Page() {
  return <GatewayDomainsPage />
}
