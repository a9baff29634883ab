import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { type InstanceHealthEvent, instanceHealthState } from '@/lib/domain/inference-service.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import { type HealthEventRow, listHealthEvents as listRows } from '@/lib/persistence/health-event-store.ts'
import { requireService } from './require-service.ts'

/** What became of a service's instances, those taken away included. Newest first; kept for a week. */
export async function listHealthEvents(
  idOrName: string,
  query: PageQuery,
  caller: WorkspaceCaller,
): Promise<Page<InstanceHealthEvent>> {
  requirePermission(caller, 'inference-services.read')
  const { database } = consoleContext()
  const { id: serviceId } = await requireService(database, idOrName, caller)
  const page = await listRows(database, { ...query, serviceId })
  return { items: page.items.map(toEvent), nextCursor: page.nextCursor }
}

function toEvent({ id, instanceId, url, nodeId, at, state, reason }: HealthEventRow): InstanceHealthEvent {
  const known = instanceHealthState.catch('unknown').parse(state)
  return { id, instanceId, url, nodeId, at: at.toISOString(), state: known, reason }
}
