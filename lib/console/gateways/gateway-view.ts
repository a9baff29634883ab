import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { albNetwork } from '@/lib/console/inference-services/require-binding.ts'
import { found } from '@/lib/console/not-found.ts'
import { gatewayLimits } from '@/lib/control-plane/default-limits.ts'
import { gatewayDocument } from '@/lib/control-plane/documents.ts'
import { cnameOf } from '@/lib/control-plane/gateway-names.ts'
import { stringList } from '@/lib/control-plane/stored-json.ts'
import {
  type Gateway,
  type GatewayType,
  gateway,
  gatewayLimitsInput,
  sharedGatewayId,
} from '@/lib/domain/gateway.ts'
import { gatewaySpec } from '@/lib/domain/gateway-capacity.ts'
import { mayRole } from '@/lib/domain/role.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import {
  countDomains,
  type GatewayNetwork,
  getGatewayNetwork,
} from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { countInferenceServicesOfGateway } from '@/lib/persistence/inference-service-store.ts'
import { requestsOfGateway } from '@/lib/persistence/rollup-store.ts'
import { getWorkspace } from '@/lib/persistence/workspace-store.ts'
import { gatewayOperation } from './gateway-operation.ts'
import { gatewayRunning } from './gateway-running.ts'
import { gatewayStatus } from './gateway-status.ts'
import { sideAddresses } from './side-addresses.ts'

const dayMs = 86_400_000

export async function gatewayView(
  transaction: Transaction,
  row: GatewayRow,
  caller: WorkspaceCaller,
): Promise<Gateway> {
  const { clock } = consoleContext()
  const workspace = found(await getWorkspace(transaction, caller.workspace.id))
  const running = await gatewayRunning(transaction, row)
  const { type } = running
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    name: row.name,
    type,
    isDefault: (workspace.defaultGatewayId ?? sharedGatewayId) === row.id,
    status: gatewayStatus(row, running),
    ...(await sides(transaction, row, type)),
    ...sizeOf(row, type),
    nodesRunning: running.live.length,
    domains: await countDomains(transaction, row.id),
    operation: gatewayOperation(row, running),
    ...traffic(row, type),
    services: await countInferenceServicesOfGateway(transaction, row.id, caller.workspace.id),
    requests24h: await requestsOfGateway(transaction, row.id, new Date(clock.now() - dayMs)),
    revision: row.revision,
    editable: mayEditGateway(row, caller),
  }
}

async function sides(
  transaction: Transaction,
  row: GatewayRow,
  type: GatewayType,
): Promise<Pick<Gateway, 'internet' | 'vpc' | 'network' | 'cname'>> {
  const { place } = consoleContext()
  const network = await getGatewayNetwork(transaction, row.id)
  const named = { name: row.name, type }
  return {
    internet: {
      enabled: row.internetEnabled,
      ...(await sideAddresses(transaction, row, 'internet')),
      ...standOf(network),
      whitelistBlocks: type === 'shared' ? null : network.internetWhitelist.length,
    },
    vpc: {
      enabled: row.vpcEnabled,
      ...(await sideAddresses(transaction, row, 'vpc')),
      vpcs: network.links.filter(({ side }) => side === 'vpc').length,
    },
    network: await albNetwork(transaction, row),
    cname: { public: cnameOf(place, named, 'internet'), private: cnameOf(place, named, 'vpc') },
  }
}

function standOf({ links }: GatewayNetwork): { vpcId: string | null; vswitchIds: string[] } {
  const link = links.find(({ side }) => side === 'internet')
  return { vpcId: link?.vpcId ?? null, vswitchIds: stringList(link?.vswitchIds ?? []) }
}

function sizeOf(row: GatewayRow, type: GatewayType) {
  return {
    spec: gatewaySpec.nullable().parse(row.spec),
    nodes: row.nodeCount,
    nodesMax: row.nodeCountMax,
    billing: type === 'managed' ? gateway.shape.billing.parse(row.billing) : null,
    billingMonths: row.billingMonths,
  }
}

function traffic(row: GatewayRow, type: GatewayType) {
  const { limits, trustedProxies, proxyProtocol } = gatewayDocument.parse(row)
  return {
    limits: gatewayLimitsInput.parse(gatewayLimits(type, row.spec, limits)),
    trustedProxies,
    proxyProtocol,
  }
}

/** The shared gateway belongs to the installation, so its owners alone may change it. */
export function mayEditGateway(row: GatewayRow, caller: WorkspaceCaller): boolean {
  return row.workspaceId === null ? caller.ownsInstallation : mayRole(caller.role, 'gateways.write')
}
