import { NewGatewayPage } from './new-gateway-page.tsx'

export default function Page() {
  return <NewGatewayPage />
}
