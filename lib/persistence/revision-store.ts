import type { Transaction } from './database.ts'
import type { Revision, RevisionChange } from './generated/sqlite/client.ts'

export type RevisionChangeRow = RevisionChange
export type RevisionRow = Revision & { readonly changes: RevisionChange[] }

/** Newest first, with their changes. Only revisions that touch `workspaceId`, or (undefined) all. */
export async function listRevisions(
  transaction: Transaction,
  filter: {
    readonly gatewayId: string
    readonly workspaceId?: string | undefined
    readonly before?: number | undefined
    readonly limit: number
  },
): Promise<readonly RevisionRow[]> {
  const { gatewayId, workspaceId, before, limit } = filter
  return await transaction.revision.findMany({
    where: {
      gatewayId,
      ...(before !== undefined && { number: { lt: before } }),
      ...(workspaceId !== undefined && { changes: { some: { workspaceId } } }),
    },
    include: { changes: true },
    orderBy: { number: 'desc' },
    take: limit,
  })
}

export async function findRevision(
  transaction: Transaction,
  gatewayId: string,
  number: number,
): Promise<RevisionRow | null> {
  return await transaction.revision.findUnique({
    where: { gatewayId_number: { gatewayId, number } },
    include: { changes: true },
  })
}

/** Oldest first: what happened after a revision. */
export async function listChangesAfter(
  transaction: Transaction,
  gatewayId: string,
  number: number,
): Promise<readonly RevisionChangeRow[]> {
  return await transaction.revisionChange.findMany({
    where: { gatewayId, number: { gt: number } },
    orderBy: [{ number: 'asc' }, { id: 'asc' }],
  })
}

/** The revision in which each object last changed. */
export async function lastRevisionOf(
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
