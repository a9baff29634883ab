import type { Transaction } from './database.ts'
import type { Prisma, Revision, RevisionChange as RevisionChangeRow } from './generated/sqlite/client.ts'
import { orNull } from './json-null.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'

export type { RevisionChangeRow }
export type RevisionRow = Revision & { readonly changes: readonly RevisionChangeRow[] }

export interface RevisionChangeInsert {
  readonly id: string
  readonly workspaceId: string | null
  readonly objectKind: string
  readonly objectId: string
  readonly objectName: string
  readonly operation: 'created' | 'updated' | 'deleted'
  readonly before: unknown
  readonly after: unknown
}

export async function insertRevision(
  transaction: Transaction,
  revision: Prisma.RevisionUncheckedCreateInput,
  changes: readonly RevisionChangeInsert[],
): Promise<void> {
  await transaction.revision.create({ data: revision })
  const { id: revisionId, gatewayId, number } = revision
  await transaction.revisionChange.createMany({
    data: changes.map((change) => ({
      ...change,
      revisionId,
      gatewayId,
      number,
      before: orNull(change.before),
      after: orNull(change.after),
    })),
  })
}

/** Changes of other workspaces are left out; `workspaceId` null shows all of them. */
function visible(workspaceId: string | null): Prisma.RevisionChangeWhereInput {
  return workspaceId === null ? {} : { OR: [{ workspaceId }, { workspaceId: null }] }
}

/** Newest first. Revisions without a visible change are left out. */
export async function listRevisions(
  transaction: Transaction,
  { gatewayId, workspaceId, limit, cursor }: PageRequest & { gatewayId: string; workspaceId: string | null },
) {
  const rows = await transaction.revision.findMany({
    where: {
      gatewayId,
      ...(workspaceId === null ? {} : { changes: { some: visible(workspaceId) } }),
      ...afterCursor(cursor, 'number', 'desc'),
    },
    include: { changes: { where: visible(workspaceId), orderBy: { id: 'asc' } } },
    orderBy: [{ number: 'desc' }],
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.number)
}

export function getRevision(
  transaction: Transaction,
  { gatewayId, workspaceId, number }: { gatewayId: string; workspaceId: string | null; number: number },
): Promise<RevisionRow | null> {
  return transaction.revision.findFirst({
    where: {
      gatewayId,
      number,
      ...(workspaceId === null ? {} : { changes: { some: visible(workspaceId) } }),
    },
    include: { changes: { where: visible(workspaceId), orderBy: { id: 'asc' } } },
  })
}

/** Every change after a revision, oldest first, of one workspace or of all. */
export function listChangesAfter(
  transaction: Transaction,
  { gatewayId, workspaceId, number }: { gatewayId: string; workspaceId: string | null; number: number },
): Promise<RevisionChangeRow[]> {
  return transaction.revisionChange.findMany({
    where: { gatewayId, number: { gt: number }, ...(workspaceId === null ? {} : { workspaceId }) },
    orderBy: [{ number: 'asc' }, { id: 'asc' }],
  })
}

/** The revision in which each object last changed. */
export async function lastRevisionOfObjects(
  transaction: Transaction,
  objectIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction.revisionChange.groupBy({
    by: ['objectId'],
    where: { objectId: { in: [...objectIds] } },
    _max: { number: true },
  })
  return new Map(rows.map((row) => [row.objectId, row._max.number ?? 0]))
}
