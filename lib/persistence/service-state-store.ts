import type { Transaction } from './database.ts'
import type {
  DiscoveredEndpoint as DiscoveredEndpointRow,
  DiscoveryState as DiscoveryStateRow,
  InstanceHealth as InstanceHealthRow,
  ServiceKeyState as ServiceKeyStateRow,
} from './generated/sqlite/client.ts'
import { healthOfInstances } from './instance-health-store.ts'

export type { DiscoveredEndpointRow, DiscoveryStateRow, InstanceHealthRow, ServiceKeyStateRow }

/** What one node knows of one service. */
export interface ServiceSight {
  readonly serviceId: string
  /** Null where nothing is discovered. */
  readonly discovery: {
    readonly state: string
    readonly reason: string | null
    readonly since: Date
    readonly syncedAt: Date | null
    readonly endpoints: ReadonlyArray<{
      readonly instanceId: string
      readonly url: string
      readonly weight: number
    }>
  } | null
  readonly keys: ReadonlyArray<{
    readonly keyId: string
    readonly state: string
    readonly reason: string | null
    readonly since: Date
    readonly until: Date | null
  }>
}

const rowsPerQuery = 500

/** The node's whole list (`isWhole`), or some of its services: what it does not name stays as it was. */
export async function saveServiceSights(
  transaction: Transaction,
  nodeId: string,
  { isWhole, items }: { readonly isWhole: boolean; readonly items: readonly ServiceSight[] },
): Promise<void> {
  // The newest word on each service counts.
  const newest = [...new Map(items.map((item) => [item.serviceId, item])).values()]
  for (const serviceIds of isWhole ? [null] : slicesOf(newest.map(({ serviceId }) => serviceId))) {
    const where = { nodeId, ...(serviceIds && { serviceId: { in: [...serviceIds] } }) }
    await transaction.serviceKeyState.deleteMany({ where })
    await transaction.discoveryState.deleteMany({ where })
    await transaction.discoveredEndpoint.deleteMany({ where })
  }
  const keys = newest.flatMap(({ serviceId, keys }) => keys.map((key) => ({ ...key, serviceId, nodeId })))
  const keyed = [...new Map(keys.map((key) => [key.keyId, key])).values()]
  for (const data of slicesOf(keyed)) await transaction.serviceKeyState.createMany({ data: [...data] })
  const states = newest.flatMap(({ serviceId, discovery }) => {
    if (discovery === null) return []
    const { endpoints: _, ...state } = discovery
    return [{ ...state, serviceId, nodeId }]
  })
  for (const data of slicesOf(states)) await transaction.discoveryState.createMany({ data: [...data] })
  const endpoints = newest.flatMap(({ serviceId, discovery }) => {
    const byId = new Map(discovery?.endpoints.map((endpoint) => [endpoint.instanceId, endpoint]))
    return [...byId.values()].map((endpoint) => ({ ...endpoint, serviceId, nodeId }))
  })
  for (const data of slicesOf(endpoints)) await transaction.discoveredEndpoint.createMany({ data: [...data] })
}

function slicesOf<T>(items: readonly T[]): (readonly T[])[] {
  const slices = []
  for (let start = 0; start < items.length; start += rowsPerQuery)
    slices.push(items.slice(start, start + rowsPerQuery))
  return slices
}

/** What nodes alive say, by service. */
export interface ServiceStates {
  readonly keys: readonly ServiceKeyStateRow[]
  readonly discoveries: readonly DiscoveryStateRow[]
  readonly endpoints: readonly DiscoveredEndpointRow[]
  /** Of the endpoints, and of an instance that is named as the service itself. */
  readonly health: ReadonlyMap<string, readonly InstanceHealthRow[]>
}

/** As nodes of the gateways seen since `aliveSince` last reported it. */
export async function statesOfServices(
  transaction: Transaction,
  serviceIds: readonly string[],
  aliveSince: Date,
): Promise<ServiceStates> {
  const alive = await transaction.gatewayNode.findMany({
    where: { seenAt: { gte: aliveSince } },
    select: { id: true },
  })
  const where = { serviceId: { in: [...serviceIds] }, nodeId: { in: alive.map(({ id }) => id) } }
  const endpoints = await transaction.discoveredEndpoint.findMany({
    where,
    orderBy: [{ url: 'asc' }, { instanceId: 'asc' }],
  })
  const instanceIds = new Set([...serviceIds, ...endpoints.map(({ instanceId }) => instanceId)])
  return {
    keys: await transaction.serviceKeyState.findMany({ where }),
    discoveries: await transaction.discoveryState.findMany({ where }),
    endpoints,
    health: await healthOfInstances(transaction, [...instanceIds], aliveSince),
  }
}

/** Of services and nodes that are gone. */
export async function purgeStrayServiceStates(transaction: Transaction): Promise<void> {
  for (const table of ['ServiceKeyState', 'DiscoveryState', 'DiscoveredEndpoint']) {
    await transaction.$executeRawUnsafe(
      `DELETE FROM "${table}" WHERE NOT EXISTS (SELECT 1 FROM "Service" WHERE "Service"."id" = "${table}"."serviceId")
       OR NOT EXISTS (SELECT 1 FROM "GatewayNode" WHERE "GatewayNode"."id" = "${table}"."nodeId")`,
    )
  }
}
