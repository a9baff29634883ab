import { GatewayServicesPage } from './gateway-services-page.tsx'

export default function Page() {
  return <GatewayServicesPage />
}
