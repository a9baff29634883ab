import * as z from 'zod'
import { instanceHealthState } from '@/lib/domain/inference-service.ts'
import { serviceKey, type UpstreamService } from '@/lib/domain/upstream-service.ts'
import type {
  DiscoveryStateRow,
  InstanceHealthRow,
  ServiceKeyStateRow,
  ServiceStates,
} from '@/lib/persistence/service-state-store.ts'

const discoveryState = z.enum(['current', 'pending', 'stale', 'failed'])
type Key = UpstreamService['keys'][number]
export type SeenKey = Pick<Key, 'state' | 'reason' | 'since' | 'until'>
export type SeenNode = UpstreamService['nodes'][number]

/** What the live nodes of a gateway together say of one service; of several words the worst counts. */
export interface ServiceSight {
  readonly keys: ReadonlyMap<string, SeenKey>
  readonly nodes: readonly SeenNode[]
  /** Of the one instance of a service that is not discovered. */
  readonly own: Pick<SeenNode, 'state' | 'reason' | 'since' | 'checkedAt'> | null
  readonly discovery: {
    readonly state: z.infer<typeof discoveryState>
    readonly reason: string | null
    readonly syncedAt: string | null
  } | null
}

export function sightsByService(
  serviceIds: readonly string[],
  states: ServiceStates,
): (serviceId: string) => ServiceSight {
  const sights = new Map(serviceIds.map((id) => [id, sightOf(id, states)]))
  return (id) => sights.get(id) ?? { keys: new Map(), nodes: [], own: null, discovery: null }
}

function sightOf(serviceId: string, states: ServiceStates): ServiceSight {
  const keys = new Map<string, ServiceKeyStateRow>()
  for (const row of states.keys) {
    if (row.serviceId !== serviceId) continue
    const known = keys.get(row.keyId)
    if (known === undefined || keySeverity(row) > keySeverity(known)) keys.set(row.keyId, row)
  }
  return {
    keys: new Map([...keys].map(([id, row]) => [id, seenKey(row)])),
    nodes: nodesOf(serviceId, states),
    own: worstHealth(states.health.get(serviceId) ?? []),
    discovery: worstDiscovery(states.discoveries.filter((row) => row.serviceId === serviceId)),
  }
}

function nodesOf(serviceId: string, { endpoints, health }: ServiceStates): SeenNode[] {
  const byInstance = new Map<string, SeenNode>()
  for (const { serviceId: owner, instanceId, url, weight } of endpoints) {
    if (owner !== serviceId || byInstance.has(instanceId)) continue
    const worst = worstHealth(health.get(instanceId) ?? [])
    byInstance.set(instanceId, { id: instanceId, url, weight, ...(worst ?? unseen) })
  }
  return [...byInstance.values()]
}

const unseen = { state: 'unknown', reason: null, since: null, checkedAt: null } as const

const keyOrder = ['unknown', 'ready', 'paused', 'failing']
const healthOrder = ['unknown', 'ready', 'probing', 'paused', 'ejected', 'unready']
const discoveryOrder: readonly string[] = ['current', 'pending', 'stale', 'failed']

function keySeverity({ state }: ServiceKeyStateRow): number {
  return keyOrder.indexOf(state)
}

function seenKey({ state, reason, since, until }: ServiceKeyStateRow): SeenKey {
  return {
    state: serviceKey.shape.state.catch('unknown').parse(state),
    reason,
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
  }
}

function worstHealth(rows: readonly InstanceHealthRow[]): ServiceSight['own'] {
  const [worst] = [...rows].sort((a, b) => healthOrder.indexOf(b.state) - healthOrder.indexOf(a.state))
  if (worst === undefined) return null
  return {
    state: instanceHealthState.catch('unknown').parse(worst.state),
    reason: worst.reason,
    since: worst.since.toISOString(),
    checkedAt: worst.checkedAt?.toISOString() ?? null,
  }
}

function worstDiscovery(rows: readonly DiscoveryStateRow[]): ServiceSight['discovery'] {
  const orderOf = (state: string) => discoveryOrder.indexOf(state)
  const [worst] = [...rows].sort((a, b) => orderOf(b.state) - orderOf(a.state))
  if (worst === undefined) return null
  return {
    state: discoveryState.catch('pending').parse(worst.state),
    reason: worst.reason,
    syncedAt: worst.syncedAt?.toISOString() ?? null,
  }
}
