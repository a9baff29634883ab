import type { ServiceSight } from '@/lib/persistence/service-state-store.ts'
import type { NodeReport, UpstreamServiceReport } from '@/lib/snapshot/node-report.ts'

type Reported = NonNullable<NodeReport['upstreamServices']>

/** What a node says of services of the AI gateway, as it is stored. */
export function toSights({ isWhole, items }: Reported): { isWhole: boolean; items: ServiceSight[] } {
  return { isWhole, items: items.map(toSight) }
}

function toSight({ serviceId, discovery, keys }: UpstreamServiceReport): ServiceSight {
  return {
    serviceId,
    discovery: discovery && {
      ...discovery,
      since: new Date(discovery.since),
      syncedAt: discovery.syncedAt === null ? null : new Date(discovery.syncedAt),
    },
    keys: keys.map(({ since, until, ...key }) => ({
      ...key,
      since: new Date(since),
      until: until === null ? null : new Date(until),
    })),
  }
}
