import type { Transaction } from './database.ts'
import type { Activity, Prisma } from './generated/sqlite/client.ts'

export type ActivityRow = Activity

export interface NewActivity {
  readonly id: string
  readonly workspaceId: string | null
  readonly actorKind: string
  readonly actorId: string | null
  readonly actorName: string
  readonly action: string
  readonly objectKind: string
  readonly objectId: string
  readonly objectName: string
  readonly address: string | null
  readonly requestId: string | null
  readonly changes: Prisma.InputJsonValue
  readonly reason: string | null
  readonly createdAt: Date
}

export async function insertActivity(transaction: Transaction, activity: NewActivity): Promise<void> {
  await transaction.activity.create({ data: activity })
}

export interface ActivityFilter {
  readonly workspaceId: string
  readonly actor?: string | undefined
  readonly objectKind?: string | undefined
  readonly objectId?: string | undefined
  readonly action?: string | undefined
  /** Entries older than this id. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listActivity(
  transaction: Transaction,
  filter: ActivityFilter,
): Promise<readonly ActivityRow[]> {
  const { workspaceId, actor, objectKind, objectId, action, before, limit } = filter
  return await transaction.activity.findMany({
    where: {
      workspaceId,
      ...(actor && { OR: [{ actorId: actor }, { actorName: actor }] }),
      ...(objectKind && { objectKind }),
      ...(objectId && { objectId }),
      ...(action && { action }),
      ...(before && { id: { lt: before } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  })
}
