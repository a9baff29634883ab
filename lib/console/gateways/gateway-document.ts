import { type GatewayDocument, gatewayDocument } from '@/lib/control-plane/documents.ts'
import { stringList } from '@/lib/control-plane/stored-json.ts'
import type { GatewayNetwork, WhitelistEntryRow } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'

/** The configuration of a gateway as revisions keep it. The shared one has no network of its own. */
export function gatewayDocumentOf(row: GatewayRow, network: GatewayNetwork): GatewayDocument {
  const { limits, trustedProxies, proxyProtocol } = row
  const common = gatewayDocument.parse({ limits, trustedProxies, proxyProtocol })
  if (row.type === 'shared') return common
  const stand = network.links.find(({ side }) => side === 'internet')
  return {
    ...common,
    payment: row.billing === null ? null : { method: row.billing, months: row.billingMonths },
    size: { spec: row.spec, nodes: row.nodeCount, nodesMax: row.nodeCountMax },
    internet: {
      enabled: row.internetEnabled,
      vpcId: stand?.vpcId ?? null,
      vswitchIds: stringList(stand?.vswitchIds ?? []),
    },
    internetWhitelist: blocks(network.internetWhitelist),
    vpcs: network.links
      .filter(({ side }) => side === 'vpc')
      .map(({ vpcId, vswitchIds, authoritativeDns, whitelist }) => ({
        vpcId,
        vswitchIds: stringList(vswitchIds),
        authoritativeDns,
        whitelist: blocks(whitelist),
      }))
      .sort((a, b) => (a.vpcId < b.vpcId ? -1 : 1)),
  }
}

/** In an order that does not tell when each was added: that is no configuration. */
function blocks(entries: readonly WhitelistEntryRow[]) {
  return entries.map(({ cidr, note }) => ({ cidr, note })).sort((a, b) => (a.cidr < b.cidr ? -1 : 1))
}
