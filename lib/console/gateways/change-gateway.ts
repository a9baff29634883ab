import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requireInstallationOwner, requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import { AppError } from '@/lib/domain/error.ts'
import { type GatewayType, gatewayType } from '@/lib/domain/gateway.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { type GatewayNetwork, getGatewayNetwork } from '@/lib/persistence/gateway-network-store.ts'
import { type GatewayRow, updateGateway as updateRow } from '@/lib/persistence/gateway-store.ts'
import { gatewayDocumentOf } from './gateway-document.ts'
import { getGateway } from './get-gateway.ts'
import { requireGateway } from './require-gateway.ts'

export interface GatewayState {
  readonly row: GatewayRow
  readonly type: GatewayType
  readonly network: GatewayNetwork
}

type Columns = Parameters<typeof updateRow>[2]

export interface GatewayChange {
  readonly action: string
  /** That the change is based on; null: whatever it is now. */
  readonly version: number | null
  /** Writes what belongs to the gateway, and answers the columns of its own row that change. */
  readonly write: (state: GatewayState, transaction: Transaction) => Promise<Columns>
}

/** The one way a gateway changes: permission, version check, write, revision, activity, publication. */
export async function changeGateway(
  idOrName: string,
  change: GatewayChange,
  caller: WorkspaceCaller,
): Promise<GatewayState> {
  requirePermission(caller, 'gateways.write')
  const after = await withCurrent(
    () =>
      inTransaction(consoleContext().database, (transaction) => apply(transaction, idOrName, change, caller)),
    () => getGateway(idOrName, caller),
  )
  const { id, version } = after.row
  configurationPublished([id], caller.workspace.id, { kind: 'gateway', id, version })
  return after
}

async function apply(
  transaction: Transaction,
  idOrName: string,
  { action, version, write }: GatewayChange,
  caller: WorkspaceCaller,
): Promise<GatewayState> {
  const row = await requireGateway(transaction, idOrName, caller)
  if (row.workspaceId === null) requireInstallationOwner(caller)
  if (version !== null && version !== row.version) {
    throw new AppError('version_conflict', 'Someone changed it meanwhile. Look at it again, then save.')
  }
  const { id, name, workspaceId } = row
  const type = gatewayType.parse(row.type)
  const network = await getGatewayNetwork(transaction, id)
  const columns = await write({ row, type, network }, transaction)
  const changed = await updateRow(transaction, { id, version: row.version }, columns)
  const after = { row: changed, type, network: await getGatewayNetwork(transaction, id) }
  const documents = {
    before: gatewayDocumentOf(row, network),
    after: gatewayDocumentOf(changed, after.network),
  }
  await recordChange(transaction, {
    gatewayId: id,
    author: { id: caller.id, name: caller.name },
    changes: [{ kind: 'gateway', id, name, workspaceId, operation: 'updated', ...documents }],
    now: consoleContext().clock.now(),
  })
  await recordActivity(transaction, caller, {
    action,
    workspaceId: workspaceId ?? caller.workspace.id,
    object: { kind: 'gateway', id, name },
    changes: changedFields(documents.before, documents.after),
  })
  return after
}
