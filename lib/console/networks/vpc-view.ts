import * as z from 'zod'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Vpc } from '@/lib/domain/network.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { usersOfVpcs } from '@/lib/persistence/network-user-store.ts'
import { getVpc, type VpcRow } from '@/lib/persistence/vpc-store.ts'

/** By id or name, within the caller's workspace. Throws `not_found`. */
export async function requireVpc(
  transaction: Transaction,
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<VpcRow> {
  return found(await getVpc(transaction, caller.workspace.id, idOrName))
}

const blocks = z.array(z.string())

export function vpcDocument({ name, cidrs }: Pick<VpcRow, 'name' | 'cidrs'>) {
  return { name, cidrs: blocks.parse(cidrs) }
}

export async function viewVpcs(
  transaction: Transaction,
  rows: readonly VpcRow[],
  caller: WorkspaceCaller,
): Promise<Vpc[]> {
  const ids = rows.map(({ id }) => id)
  const users = await usersOfVpcs(transaction, ids, caller.workspace.id)
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...vpcDocument(row),
    vswitches: row.vswitches.length,
    usedBy: [...(users.get(row.id) ?? [])],
  }))
}
