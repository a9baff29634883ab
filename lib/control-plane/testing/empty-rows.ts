import { gatewayDocument } from '@/lib/control-plane/documents.ts'
import type { GatewayRows } from '@/lib/control-plane/gateway-rows.ts'

/** A shared gateway with nothing on it; change what a test is about. */
export function emptyRows(change: Partial<GatewayRows['gateway']> = {}): GatewayRows {
  return {
    gateway: {
      id: 'gw_1',
      name: 'edge',
      type: 'shared',
      spec: null,
      revision: 1,
      internetEnabled: true,
      vpcEnabled: true,
      document: gatewayDocument.parse({ limits: {}, trustedProxies: [] }),
      ...change,
    },
    hosts: { internet: [], vpc: [] },
    tlsPorts: { internet: null, vpc: null },
    internetWhitelist: [],
    vpcLinks: [],
    domains: [],
    certificates: [],
    acmeChallenges: [],
    selfTestKey: 'self-test-key',
    services: [],
    upstreamServices: [],
    modelApis: [],
    consumers: [],
  }
}
