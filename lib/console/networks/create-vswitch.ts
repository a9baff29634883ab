import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError, takenName } from '@/lib/console/field-error.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { readInstallation } from '@/lib/console/settings/get-settings.ts'
import { type CreateVSwitchInput, type VSwitch, vswitchComplaint } from '@/lib/domain/network.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getVpc, type VpcRow } from '@/lib/persistence/vpc-store.ts'
import { insertVSwitch } from '@/lib/persistence/vswitch-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { getVSwitch } from './get-vswitch.ts'
import { vpcDocument } from './vpc-view.ts'

export async function createVSwitch(input: CreateVSwitchInput, caller: WorkspaceCaller): Promise<VSwitch> {
  requirePermission(caller, 'networks.write')
  const id = createId('vsw')
  await inTransaction(consoleContext().database, async (transaction) => {
    const vpc = await getVpc(transaction, caller.workspace.id, input.vpcId)
    if (vpc === null) throw fieldError('vpcId', 'vpc_unknown', 'This workspace has no such VPC.')
    await requireZone(transaction, input.zone)
    requirePlace(vpc, input)
    const row = { ...input, id, vpcId: vpc.id }
    await insertVSwitch(transaction, row)
    await recordActivity(transaction, caller, {
      action: 'vswitch.created',
      workspaceId: caller.workspace.id,
      object: { kind: 'vswitch', id, name: input.name },
      changes: changedFields(null, { ...input, vpcId: vpc.id }),
    })
  })
  configurationPublished([], caller.workspace.id, { kind: 'vswitch', id, version: 1 })
  return await getVSwitch(id, caller)
}

async function requireZone(transaction: Transaction, zone: string): Promise<void> {
  const { zones } = await readInstallation(transaction)
  if (zones.includes(zone)) return
  const message = `There is no zone ${zone}. Zones: ${zones.join(', ')}.`
  throw fieldError('zone', 'zone_unknown', message, { zone })
}

function requirePlace(vpc: VpcRow, { name, cidr }: CreateVSwitchInput): void {
  if (vpc.vswitches.some((sibling) => sibling.name === name)) {
    throw takenName(`A vSwitch named ${name} exists already in this VPC.`, name)
  }
  const complaint = vswitchComplaint(cidr, vpcDocument(vpc).cidrs, vpc.vswitches)
  if (complaint !== null) throw fieldError('cidr', 'vswitch_block', complaint)
}
