import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import { containsCidr, toNetwork } from '@/lib/domain/cidr.ts'
import type { UpdateVpcInput, Vpc } from '@/lib/domain/network.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { gatewaysOfVpc } from '@/lib/persistence/network-user-store.ts'
import { updateVpc as updateRow, type VpcRow } from '@/lib/persistence/vpc-store.ts'
import { requireFreeVpcName } from './create-vpc.ts'
import { getVpc } from './get-vpc.ts'
import { recordOnGateways } from './record-on-gateways.ts'
import { requireVpc, vpcDocument } from './vpc-view.ts'

/** Gateways of the VPC take new blocks at once: an address that has left them has left their callers. */
export async function updateVpc(
  idOrName: string,
  input: UpdateVpcInput,
  caller: WorkspaceCaller,
): Promise<Vpc> {
  requirePermission(caller, 'networks.write')
  const { row, gateways } = await withCurrent(
    () =>
      inTransaction(consoleContext().database, (transaction) => update(transaction, idOrName, input, caller)),
    () => getVpc(idOrName, caller),
  )
  configurationPublished(gateways, caller.workspace.id, { kind: 'vpc', id: row.id, version: row.version })
  return await getVpc(row.id, caller)
}

async function update(
  transaction: Transaction,
  idOrName: string,
  { version, ...input }: UpdateVpcInput,
  caller: WorkspaceCaller,
): Promise<{ row: VpcRow; gateways: readonly string[] }> {
  const row = await requireVpc(transaction, idOrName, caller)
  const { id, workspaceId, name } = row
  if (input.name !== undefined && input.name !== name)
    await requireFreeVpcName(transaction, input.name, caller)
  if (input.cidrs !== undefined) requireRoomForVSwitches(row, input.cidrs)
  await updateRow(transaction, { workspaceId, id, version }, withoutUndefined(input))
  const after = await requireVpc(transaction, id, caller)
  const documents = { before: vpcDocument(row), after: vpcDocument(after) }
  const changes = changedFields(documents.before, documents.after)
  await recordActivity(transaction, caller, {
    action: 'vpc.updated',
    workspaceId,
    object: { kind: 'vpc', id, name: after.name },
    changes,
  })
  if (!changes.some(({ path }) => path === 'cidrs')) return { row: after, gateways: [] }
  const change = { kind: 'vpc', id, name: after.name, operation: 'updated', ...documents } as const
  const affected = await gatewaysOfVpc(transaction, id)
  return { row: after, gateways: await recordOnGateways(transaction, affected, change, caller) }
}

/** A VPC may grow and lose blocks that nothing stands in. */
function requireRoomForVSwitches({ vswitches }: VpcRow, cidrs: readonly string[]): void {
  const outside = vswitches.find(
    ({ cidr }) => !cidrs.some((outer) => containsCidr(toNetwork(outer), toNetwork(cidr))),
  )
  if (outside === undefined) return
  const { name, cidr } = outside
  const message = `vSwitch ${name} (${cidr}) would no longer be inside the VPC. Keep its block, or delete the vSwitch first.`
  throw fieldError('cidrs', 'vswitch_outside', message, { name, cidr })
}
