import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { found } from '@/lib/console/not-found.ts'
import { type SecurityGroup, securityGroup } from '@/lib/domain/network.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { usersOfSecurityGroups } from '@/lib/persistence/network-user-store.ts'
import { getSecurityGroup, type SecurityGroupRow } from '@/lib/persistence/security-group-store.ts'

/** By id or name, within the caller's workspace. Throws `not_found`. */
export async function requireSecurityGroup(
  transaction: Transaction,
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<SecurityGroupRow> {
  return found(await getSecurityGroup(transaction, caller.workspace.id, idOrName))
}

export function securityGroupDocument({ name, rules }: Pick<SecurityGroupRow, 'name' | 'rules'>) {
  return { name, rules: securityGroup.shape.rules.parse(rules) }
}

export async function viewSecurityGroups(
  transaction: Transaction,
  rows: readonly SecurityGroupRow[],
): Promise<SecurityGroup[]> {
  const ids = rows.map(({ id }) => id)
  const users = await usersOfSecurityGroups(transaction, ids)
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...securityGroupDocument(row),
    usedBy: [...(users.get(row.id) ?? [])],
  }))
}
