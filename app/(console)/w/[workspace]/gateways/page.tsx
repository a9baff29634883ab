import { GatewaysPage } from './gateways-page.tsx'

export default function Page() {
  return <GatewaysPage />
}
