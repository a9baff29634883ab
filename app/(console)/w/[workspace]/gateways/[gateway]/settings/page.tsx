import { GatewaySettingsPage } from './gateway-settings-page.tsx'

export default function Page() {
  return <GatewaySettingsPage />
}
