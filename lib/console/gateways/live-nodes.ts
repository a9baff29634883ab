import { consoleContext } from '@/lib/console/console-context.ts'
import { lostAfterMs } from '@/lib/control-plane/node-registry.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { type GatewayNodeRow, listNodes } from '@/lib/persistence/node-store.ts'

/** Nodes last seen before this are lost. */
export function aliveSince(): Date {
  return new Date(consoleContext().clock.now() - lostAfterMs)
}

export function isLost(node: GatewayNodeRow): boolean {
  return node.seenAt < aliveSince()
}

/** It said that it would leave, and has fallen silent since: nobody misses it. */
export function hasLeft(node: GatewayNodeRow): boolean {
  return node.state === 'draining' && isLost(node)
}

/** Nodes that run, drain or are missed. */
export async function presentNodes(
  transaction: Transaction,
  gatewayId: string,
): Promise<readonly GatewayNodeRow[]> {
  const nodes = await listNodes(transaction, gatewayId)
  return nodes.filter((node) => !hasLeft(node))
}

/** Nodes that take new snapshots: heard of lately, and not on their way out. */
export async function liveNodes(
  transaction: Transaction,
  gatewayId: string,
): Promise<readonly GatewayNodeRow[]> {
  const nodes = await listNodes(transaction, gatewayId)
  return nodes.filter((node) => node.state === 'running' && !isLost(node))
}
