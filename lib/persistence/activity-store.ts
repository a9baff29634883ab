import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Activity as ActivityRow, Prisma } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'

export type { ActivityRow }

export async function insertActivity(
  transaction: Transaction,
  row: Prisma.ActivityUncheckedCreateInput,
): Promise<void> {
  await transaction.activity.create({ data: row })
}

export interface ActivityFilter extends PageRequest {
  /** Null: what happened to the installation. */
  readonly workspaceId: string | null
  /** The actor's id, or part of the name. */
  readonly actor?: string | undefined
  readonly objectKind?: string | undefined
  readonly objectId?: string | undefined
  readonly action?: string | undefined
}

/** Newest first. */
export async function listActivity(
  transaction: Transaction,
  filter: ActivityFilter,
): Promise<Page<ActivityRow>> {
  const { workspaceId, actor, objectKind, objectId, action, cursor, limit } = filter
  const rows = await transaction.activity.findMany({
    where: {
      workspaceId,
      ...(objectKind === undefined ? {} : { objectKind }),
      ...(objectId === undefined ? {} : { objectId }),
      ...(action === undefined ? {} : { action }),
      AND: [
        actor === undefined ? {} : { OR: [{ actorId: actor }, { actorName: { contains: actor } }] },
        afterCursor(cursor, 'id', 'desc') ?? {},
      ],
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.id)
}
