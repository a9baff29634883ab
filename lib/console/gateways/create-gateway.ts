import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import type { CreateGatewayInput, Gateway } from '@/lib/domain/gateway.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getGatewayNetwork } from '@/lib/persistence/gateway-network-store.ts'
import { findGateway, insertGateway } from '@/lib/persistence/gateway-store.ts'
import { getWorkspace, updateWorkspace } from '@/lib/persistence/workspace-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { gatewayDocumentOf } from './gateway-document.ts'
import { billingColumns, requireNodeBounds } from './gateway-size.ts'
import { getGateway } from './get-gateway.ts'
import { requireRoomForNodes } from './require-room-for-nodes.ts'

/** Dedicated to the workspace. An ALB gateway waits for a network; a fully managed one starts at once. */
export async function createGateway(input: CreateGatewayInput, caller: WorkspaceCaller): Promise<Gateway> {
  requirePermission(caller, 'gateways.write')
  const { database, clock } = consoleContext()
  const id = createId('gw', clock.now())
  const columns = columnsOf(input)
  await inTransaction(database, async (transaction) => {
    await requireRoomForNodes(transaction, columns.nodeCountMax)
    await insertGateway(transaction, {
      id,
      workspaceId: caller.workspace.id,
      name: input.name,
      type: input.type,
      status: 'running',
      limits: {},
      trustedProxies: [],
      ...columns,
    })
    if (input.isDefault) await makeDefault(transaction, id, caller)
    await record(transaction, id, caller)
  })
  configurationPublished([id], caller.workspace.id, { kind: 'gateway', id, version: 1 })
  return await getGateway(id, caller)
}

function columnsOf(input: CreateGatewayInput) {
  if (input.type === 'managed') {
    const { spec, nodes, billing, billingMonths } = input
    return { spec, nodeCount: nodes, nodeCountMax: nodes, ...billingColumns(billing, billingMonths) }
  }
  const { nodes, nodesMax } = input
  requireNodeBounds(nodes, nodesMax)
  return { nodeCount: nodes, nodeCountMax: nodesMax }
}

async function makeDefault(transaction: Transaction, gatewayId: string, caller: WorkspaceCaller) {
  const { id, version } = found(await getWorkspace(transaction, caller.workspace.id))
  await updateWorkspace(transaction, { id, version }, { defaultGatewayId: gatewayId })
}

async function record(transaction: Transaction, id: string, caller: WorkspaceCaller): Promise<void> {
  const row = found(await findGateway(transaction, id))
  const after = gatewayDocumentOf(row, await getGatewayNetwork(transaction, id))
  const { name, workspaceId } = row
  await recordChange(transaction, {
    gatewayId: id,
    author: { id: caller.id, name: caller.name },
    changes: [{ kind: 'gateway', id, name, workspaceId, operation: 'created', before: null, after }],
    now: consoleContext().clock.now(),
  })
  await recordActivity(transaction, caller, {
    action: 'gateway.created',
    workspaceId,
    object: { kind: 'gateway', id, name },
    changes: changedFields(null, { type: row.type, ...after }),
  })
}
