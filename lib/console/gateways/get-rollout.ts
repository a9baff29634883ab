import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import type { Rollout } from '@/lib/domain/gateway.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'
import { isLost, presentNodes } from './live-nodes.ts'
import { requireGateway } from './require-gateway.ts'

/** Which node serves which revision, and why not the newest. */
export async function getRollout(idOrName: string, caller: WorkspaceCaller): Promise<Rollout> {
  requirePermission(caller, 'gateways.read')
  const { database } = consoleContext()
  const gateway = await requireGateway(database, idOrName, caller)
  const publisher = controlPlane()?.publisher
  const published = (await publisher?.current(gateway.id)) ?? null
  const isNewest = published?.snapshot.revision === gateway.revision
  const nodes = await presentNodes(database, gateway.id)
  return {
    revision: gateway.revision,
    publishedAt: published !== null && isNewest ? new Date(published.publishedAt).toISOString() : null,
    refusedByCheck: publisher?.refused(gateway.id)?.reason ?? null,
    // One that drains keeps the snapshot that it has to its end.
    nodes: nodes
      .filter(({ state }) => state === 'running')
      .map((node) => nodeRollout(node, gateway.revision)),
  }
}

function nodeRollout(node: GatewayNodeRow, newest: number): Rollout['nodes'][number] {
  const { id: nodeId, revision } = node
  if (isLost(node)) return { nodeId, state: 'lost', revision, reason: null }
  if (revision !== null && revision >= newest) return { nodeId, state: 'applied', revision, reason: null }
  if (node.refusedRevision === newest)
    return { nodeId, state: 'refused', revision, reason: node.refusedReason }
  return { nodeId, state: 'pending', revision, reason: null }
}
