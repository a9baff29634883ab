import type { InstanceHealthState } from '@/lib/domain/inference-service.ts'
import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { InstanceHealthEvent as HealthEventRow } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'

export type { HealthEventRow }

export interface HealthEventInsert {
  readonly id: string
  readonly instanceId: string
  readonly nodeId: string
  readonly at: Date
  readonly state: InstanceHealthState
  readonly reason: string | null
}

const idsPerQuery = 500

/** Each with the service and the address that its instance has now; those of unknown instances are left out. */
export async function insertHealthEvents(
  transaction: Transaction,
  events: readonly HealthEventInsert[],
): Promise<void> {
  const instances = await instancesOf(transaction, new Set(events.map((event) => event.instanceId)))
  const data = events.flatMap((event) => {
    const instance = instances.get(event.instanceId)
    return instance === undefined ? [] : [{ ...event, ...instance }]
  })
  if (data.length > 0) await transaction.instanceHealthEvent.createMany({ data })
}

async function instancesOf(transaction: Transaction, wanted: ReadonlySet<string>) {
  const ids = [...wanted]
  const slices: string[][] = []
  for (let start = 0; start < ids.length; start += idsPerQuery)
    slices.push(ids.slice(start, start + idsPerQuery))
  const found = new Map<string, { readonly serviceId: string; readonly url: string }>()
  for (const slice of slices) {
    const rows = await transaction.instance.findMany({
      where: { id: { in: slice } },
      select: { id: true, serviceId: true, url: true },
    })
    for (const { id, serviceId, url } of rows) found.set(id, { serviceId, url })
  }
  for (const slice of slices) {
    const rows = await transaction.discoveredEndpoint.findMany({
      where: { instanceId: { in: slice } },
      select: { instanceId: true, serviceId: true, url: true },
    })
    for (const { instanceId, serviceId, url } of rows) found.set(instanceId, { serviceId, url })
  }
  return found
}

/** Newest first. */
export async function listHealthEvents(
  transaction: Transaction,
  { serviceId, limit, cursor }: PageRequest & { readonly serviceId: string },
): Promise<Page<HealthEventRow>> {
  const rows = await transaction.instanceHealthEvent.findMany({
    where: { serviceId, ...afterCursor(cursor, 'at', 'desc') },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.at)
}

/** Keeps what happened since `before`, and of each service its newest `perService`. */
export async function purgeHealthEvents(
  transaction: Transaction,
  before: Date,
  perService: number,
): Promise<void> {
  await transaction.instanceHealthEvent.deleteMany({ where: { at: { lt: before } } })
  const long = await transaction.instanceHealthEvent.groupBy({
    by: ['serviceId'],
    having: { serviceId: { _count: { gt: perService } } },
  })
  for (const { serviceId } of long) {
    const { items } = await listHealthEvents(transaction, { serviceId, limit: perService })
    const oldest = items.at(-1)
    if (oldest === undefined) continue
    await transaction.instanceHealthEvent.deleteMany({
      where: { serviceId, OR: [{ at: { lt: oldest.at } }, { at: oldest.at, id: { lt: oldest.id } }] },
    })
  }
}
