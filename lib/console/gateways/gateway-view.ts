import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { albNetwork } from '@/lib/console/inference-services/require-binding.ts'
import { gatewayAddress } from '@/lib/console/inference-services/service-addresses.ts'
import { found } from '@/lib/console/not-found.ts'
import { gatewayDocument } from '@/lib/control-plane/documents.ts'
import {
  defaultRateLimits,
  type Gateway,
  gatewayLimitsInput,
  gatewayType,
  sharedGatewayId,
} from '@/lib/domain/gateway.ts'
import { gatewaySpec } from '@/lib/domain/gateway-capacity.ts'
import { mayRole } from '@/lib/domain/role.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { countInferenceServicesOfGateway } from '@/lib/persistence/inference-service-store.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'
import { requestsOfGateway } from '@/lib/persistence/rollup-store.ts'
import { getWorkspace } from '@/lib/persistence/workspace-store.ts'
import { liveNodes } from './live-nodes.ts'

const dayMs = 86_400_000

export async function gatewayView(
  transaction: Transaction,
  row: GatewayRow,
  caller: WorkspaceCaller,
): Promise<Gateway> {
  const { printedGateway, clock } = consoleContext()
  const workspace = found(await getWorkspace(transaction, caller.workspace.id))
  const { limits, trustedProxies, proxyProtocol } = gatewayDocument.parse(row)
  const type = gatewayType.parse(row.type)
  const side = (name: 'internet' | 'vpc', enabled: boolean) => ({
    enabled,
    address: enabled ? gatewayAddress(printedGateway, name) : null,
  })
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    name: row.name,
    type,
    isDefault: (workspace.defaultGatewayId ?? sharedGatewayId) === row.id,
    status: gatewayStatus(row, await liveNodes(transaction, row.id)),
    internet: {
      ...side('internet', row.internetEnabled),
      tlsAddress: null,
      vpcId: null,
      vswitchIds: [],
      whitelistBlocks: null,
    },
    vpc: { ...side('vpc', row.vpcEnabled), tlsAddress: null, vpcs: 0 },
    network: await albNetwork(transaction, row),
    cname: { public: null, private: null },
    spec: gatewaySpec.nullable().parse(row.spec),
    nodes: row.nodeCount,
    nodesMax: row.nodeCountMax,
    nodesRunning: 0,
    billing: null,
    billingMonths: row.billingMonths,
    domains: 0,
    operation: null,
    limits: gatewayLimitsInput.parse({ ...defaultRateLimits[type], ...limits }),
    trustedProxies,
    proxyProtocol,
    services: await countInferenceServicesOfGateway(transaction, row.id, caller.workspace.id),
    requests24h: await requestsOfGateway(transaction, row.id, new Date(clock.now() - dayMs)),
    revision: row.revision,
    editable: mayEditGateway(row, caller),
  }
}

/** The shared gateway belongs to the installation, so its owners alone may change it. */
export function mayEditGateway(row: GatewayRow, caller: WorkspaceCaller): boolean {
  return row.workspaceId === null ? caller.ownsInstallation : mayRole(caller.role, 'gateways.write')
}

export function gatewayStatus(
  row: Pick<GatewayRow, 'revision' | 'updatedAt'>,
  live: readonly GatewayNodeRow[],
): Gateway['status'] {
  if (live.length === 0) return { state: 'failed', cause: 'No node is running.', since: null }
  const refusing = live.find((node) => node.refusedReason !== null)
  if (refusing) return { state: 'degraded', cause: refusing.refusedReason, since: null }
  const behind = live.some((node) => (node.revision ?? -1) < row.revision)
  if (behind) return { state: 'updating', cause: null, since: row.updatedAt.toISOString() }
  const started = Math.min(...live.map((node) => node.startedAt.getTime()))
  return { state: 'running', cause: null, since: new Date(started).toISOString() }
}
