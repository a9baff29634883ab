import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Prisma, Workspace as WorkspaceRow } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

export type { WorkspaceRow }

/** Ordered by name. `userId` null: every workspace, for owners of the installation. */
export async function listWorkspaces(
  transaction: Transaction,
  { userId, limit, cursor }: PageRequest & { readonly userId: string | null },
): Promise<Page<WorkspaceRow>> {
  const rows = await transaction.workspace.findMany({
    where: {
      ...(userId === null ? {} : { members: { some: { userId } } }),
      ...afterCursor(cursor, 'name', 'asc'),
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.name)
}

export function getWorkspace(transaction: Transaction, idOrName: string): Promise<WorkspaceRow | null> {
  return transaction.workspace.findFirst({ where: { OR: [{ id: idOrName }, { name: idOrName }] } })
}

export function insertWorkspace(
  transaction: Transaction,
  row: Prisma.WorkspaceUncheckedCreateInput,
): Promise<WorkspaceRow> {
  return insertOrConflict(`A workspace named ${row.name} exists already.`, () =>
    transaction.workspace.create({ data: row }),
  )
}

export async function updateWorkspace(
  transaction: Transaction,
  { id, version }: { readonly id: string; readonly version: number },
  data: Prisma.WorkspaceUncheckedUpdateManyInput,
): Promise<WorkspaceRow> {
  const { count } = await transaction.workspace.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  })
  await requireChanged(count, () => transaction.workspace.findUnique({ where: { id } }))
  return transaction.workspace.findUniqueOrThrow({ where: { id } })
}

/** Members, invitations, tokens, sources and consumers go with it; services of both kinds and Model APIs must be gone before. */
export async function removeWorkspace(transaction: Transaction, id: string): Promise<void> {
  await transaction.consumer.deleteMany({ where: { workspaceId: id } })
  await transaction.source.deleteMany({ where: { workspaceId: id } })
  await transaction.vpc.deleteMany({ where: { workspaceId: id } })
  await transaction.securityGroup.deleteMany({ where: { workspaceId: id } })
  await transaction.certificate.deleteMany({ where: { workspaceId: id } })
  await transaction.workspace.delete({ where: { id } })
}

export function countInferenceServices(transaction: Transaction, workspaceId: string): Promise<number> {
  return transaction.inferenceService.count({ where: { workspaceId } })
}
