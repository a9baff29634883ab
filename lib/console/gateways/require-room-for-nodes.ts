import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { countDedicatedNodes } from '@/lib/persistence/gateway-store.ts'

/**
 * Hosts belong to the installation, so no workspace may fill them with processes. Asked before a write that wants this
 * many nodes more. Throws `invalid_input` at `nodes`.
 */
export async function requireRoomForNodes(transaction: Transaction, more: number): Promise<void> {
  if (more <= 0) return
  const { dedicatedNodesMax } = consoleContext().place
  const free = Math.max(0, dedicatedNodesMax - (await countDedicatedNodes(transaction)))
  if (more <= free) return
  throw fieldError(
    'nodes',
    'nodes_used_up',
    `Dedicated gateways of this installation may have ${dedicatedNodesMax} nodes in all, and ${free} are free. Choose fewer, or have SWITCHYARD_DEDICATED_NODES raised.`,
  )
}
