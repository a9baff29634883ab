import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { readInstallation } from '@/lib/console/settings/get-settings.ts'
import { unsupportedZoneMessage } from '@/lib/domain/network.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { findVpc, getVpc, type VpcRow } from '@/lib/persistence/vpc-store.ts'

export interface VpcChoice {
  readonly vpcId: string
  readonly vswitchIds: readonly string[]
  /** Also a VPC of another workspace, where the installation allows to ask for it. */
  readonly mayBeForeign: boolean
}

export interface ChosenVpc {
  readonly vpc: VpcRow
  /** Another workspace's VPC waits for that workspace. */
  readonly consent: 'granted' | 'pending'
}

/** A VPC with vSwitches of it, one per zone, in zones where gateways can stand. Throws `invalid_input`. */
export async function chooseVpc(
  transaction: Transaction,
  { vpcId, vswitchIds, mayBeForeign }: VpcChoice,
  caller: WorkspaceCaller,
): Promise<ChosenVpc> {
  const own = await getVpc(transaction, caller.workspace.id, vpcId)
  const vpc = own ?? (await foreignVpc(transaction, vpcId, mayBeForeign))
  if (vpc === null) {
    const message = mayBeForeign
      ? 'There is no VPC with this ID. Choose one of this workspace, or ask the other workspace for its ID.'
      : 'There is no such VPC in this workspace. Choose another one.'
    throw fieldError('vpcId', 'not_found', message)
  }
  await requireVSwitches(transaction, vpc, vswitchIds, own !== null)
  return { vpc, consent: own === null ? 'pending' : 'granted' }
}

async function foreignVpc(
  transaction: Transaction,
  vpcId: string,
  mayBeForeign: boolean,
): Promise<VpcRow | null> {
  if (!mayBeForeign) return null
  const { crossWorkspaceVpc } = await readInstallation(transaction)
  return crossWorkspaceVpc ? await findVpc(transaction, vpcId) : null
}

export async function requireVSwitches(
  transaction: Transaction,
  vpc: VpcRow,
  vswitchIds: readonly string[],
  /** Whether the caller may know the names of what stands in it. */
  isKnown: boolean,
): Promise<void> {
  if (vswitchIds.length === 0) {
    throw fieldError('vswitchIds', 'vswitch_required', 'Choose at least one vSwitch.')
  }
  const { zones, gatewayZones } = await readInstallation(transaction)
  const supported = gatewayZones ?? zones
  const byZone = new Map<string, string>()
  for (const [index, id] of vswitchIds.entries()) {
    const path = `vswitchIds.${index}`
    const vswitch = vpc.vswitches.find((candidate) => candidate.id === id)
    if (vswitch === undefined) {
      const message = `vSwitch ${id} does not belong to the chosen VPC. Choose one of its own.`
      throw fieldError(path, 'vswitch_of_other_vpc', message)
    }
    const { zone } = vswitch
    const label = isKnown ? vswitch.name : id
    if (!supported.includes(zone)) {
      throw fieldError(path, 'zone_unsupported', unsupportedZoneMessage(id, zone, supported))
    }
    const sibling = byZone.get(zone)
    if (sibling !== undefined) {
      const message = `vSwitches ${sibling} and ${label} are both in zone ${zone}. Choose one per zone.`
      throw fieldError(path, 'zone_repeated', message)
    }
    byZone.set(zone, label)
  }
}
