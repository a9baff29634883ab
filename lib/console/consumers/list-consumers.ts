import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Consumer } from '@/lib/domain/consumer.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import { listConsumers as listRows } from '@/lib/persistence/consumer-store.ts'
import { viewConsumers } from './view-consumers.ts'

/** By name. */
export async function listConsumers(query: PageQuery, caller: WorkspaceCaller): Promise<Page<Consumer>> {
  requirePermission(caller, 'consumers.read')
  const { database, clock } = consoleContext()
  const scope = { ...query, workspaceId: caller.workspace.id }
  const { items, nextCursor } = await listRows(database, scope, new Date(clock.now()))
  return { items: await viewConsumers(database, items), nextCursor }
}
