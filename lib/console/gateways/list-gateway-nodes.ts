import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { type GatewayNode, gatewayNode } from '@/lib/domain/gateway.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'
import { isLost, presentNodes } from './live-nodes.ts'
import { requireGateway } from './require-gateway.ts'

export async function listGatewayNodes(
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<{ items: GatewayNode[] }> {
  requirePermission(caller, 'gateways.read')
  const { database } = consoleContext()
  const gateway = await requireGateway(database, idOrName, caller)
  const rows = await presentNodes(database, gateway.id)
  return { items: rows.map(toGatewayNode) }
}

function toGatewayNode(row: GatewayNodeRow): GatewayNode {
  const refused =
    row.refusedRevision === null
      ? null
      : { revision: row.refusedRevision, reason: row.refusedReason ?? 'It gave no reason.' }
  return {
    id: row.id,
    host: row.host,
    pid: row.pid,
    version: row.programVersion,
    state: isLost(row) ? 'lost' : row.state === 'draining' ? 'draining' : 'running',
    listeners: gatewayNode.shape.listeners.parse(row.listeners),
    revision: row.revision,
    appliedAt: row.appliedAt?.toISOString() ?? null,
    refused,
    openRequests: row.openRequests,
    connections: row.connections,
    residentBytes: Number(row.residentBytes),
    startedAt: row.startedAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
  }
}
