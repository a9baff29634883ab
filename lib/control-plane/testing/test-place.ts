import type { GatewayPlace } from '@/lib/control-plane/gateway-place.ts'

export const testPlace: GatewayPlace = {
  gatewayHost: 'localhost',
  baseDomain: null,
  sharedPorts: { internet: 8080, 'internet-tls': 8443, vpc: 8081, 'vpc-tls': 8444 },
  dedicatedPorts: [8100, 8199],
  dedicatedNodesMax: 100,
  consolePort: 3000,
  nameServerPort: 8053,
  bindAddress: '0.0.0.0',
  addresses: ['192.0.2.1'],
}
