import { GatewayOverview } from './gateway-overview.tsx'

export default function Page() {
  return <GatewayOverview />
}
