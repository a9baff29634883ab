import * as z from 'zod'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { type ActivityEntry, type ActivityQuery, activityEntry, fieldChange } from '@/lib/domain/activity.ts'
import type { Page } from '@/lib/domain/object.ts'
import { type ActivityRow, listActivity as listRows } from '@/lib/persistence/activity-store.ts'

/** Newest first. */
export async function listActivity(
  query: ActivityQuery,
  caller: WorkspaceCaller,
): Promise<Page<ActivityEntry>> {
  requirePermission(caller, 'activity.read')
  const page = await listRows(consoleContext().database, { ...query, workspaceId: caller.workspace.id })
  return { items: page.items.map(toActivityEntry), nextCursor: page.nextCursor }
}

const actorKind = activityEntry.shape.actor.shape.kind

export function toActivityEntry(row: ActivityRow): ActivityEntry {
  return {
    id: row.id,
    actor: { kind: actorKind.parse(row.actorKind), id: row.actorId, name: row.actorName },
    action: row.action,
    object: { kind: row.objectKind, id: row.objectId, name: row.objectName },
    address: row.address,
    requestId: row.requestId,
    reason: row.reason,
    changes: z.array(fieldChange).parse(row.changes),
    createdAt: row.createdAt.toISOString(),
  }
}
