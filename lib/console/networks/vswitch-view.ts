import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { found } from '@/lib/console/not-found.ts'
import { readInstallation } from '@/lib/console/settings/get-settings.ts'
import type { VSwitch } from '@/lib/domain/network.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { usersOfVSwitches } from '@/lib/persistence/network-user-store.ts'
import { getVSwitch, type VSwitchRow } from '@/lib/persistence/vswitch-store.ts'

/** Within the caller's workspace. Throws `not_found`. */
export async function requireVSwitch(
  transaction: Transaction,
  id: string,
  caller: WorkspaceCaller,
): Promise<VSwitchRow> {
  return found(await getVSwitch(transaction, caller.workspace.id, id))
}

export function vswitchDocument({ vpcId, name, zone, cidr }: VSwitchRow) {
  return { vpcId, name, zone, cidr }
}

/** The zones in which gateways can stand. */
export async function supportedZones(transaction: Transaction): Promise<readonly string[]> {
  const { zones, gatewayZones } = await readInstallation(transaction)
  return gatewayZones ?? zones
}

export async function viewVSwitches(
  transaction: Transaction,
  rows: readonly VSwitchRow[],
  caller: WorkspaceCaller,
): Promise<VSwitch[]> {
  const users = await usersOfVSwitches(transaction, rows, caller.workspace.id)
  const supported = await supportedZones(transaction)
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...vswitchDocument(row),
    vpcName: row.vpc.name,
    zoneSupported: supported.includes(row.zone),
    usedBy: [...(users.get(row.id) ?? [])],
  }))
}
