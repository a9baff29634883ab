import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Prisma, SecurityGroup as SecurityGroupRow } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

export type { SecurityGroupRow }

export async function listSecurityGroups(
  transaction: Transaction,
  { workspaceId, limit, cursor }: PageRequest & { readonly workspaceId: string },
): Promise<Page<SecurityGroupRow>> {
  const rows = await transaction.securityGroup.findMany({
    where: { AND: [{ workspaceId }, afterCursor(cursor, 'name', 'asc') ?? {}] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.name)
}

export function getSecurityGroup(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
): Promise<SecurityGroupRow | null> {
  return transaction.securityGroup.findFirst({
    where: { workspaceId, OR: [{ id: idOrName }, { name: idOrName }] },
  })
}

export async function insertSecurityGroup(
  transaction: Transaction,
  row: Prisma.SecurityGroupUncheckedCreateInput,
): Promise<void> {
  await insertOrConflict(`A security group named ${row.name} exists already.`, () =>
    transaction.securityGroup.create({ data: row }),
  )
}

export async function updateSecurityGroup(
  transaction: Transaction,
  key: { readonly workspaceId: string; readonly id: string; readonly version: number },
  data: Prisma.SecurityGroupUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await insertOrConflict('Another security group has this name.', () =>
    transaction.securityGroup.updateMany({ where: key, data: { ...data, version: { increment: 1 } } }),
  )
  await requireChanged(count, () => getSecurityGroup(transaction, key.workspaceId, key.id))
}

export async function removeSecurityGroup(
  transaction: Transaction,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<void> {
  await transaction.securityGroup.deleteMany({ where: { workspaceId, id } })
}
