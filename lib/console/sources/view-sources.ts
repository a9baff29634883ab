import { aliveSince } from '@/lib/console/gateways/live-nodes.ts'
import { type SourceConfig, sourceConfig } from '@/lib/control-plane/source-config.ts'
import { type Source, source } from '@/lib/domain/source.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import {
  type DiscoveryStateRow,
  type ServiceStates,
  statesOfServices,
} from '@/lib/persistence/service-state-store.ts'
import type { SourceRow } from '@/lib/persistence/source-store.ts'

/** Rows as the API shows them, in a number of queries that does not depend on how many there are. */
export async function viewSources(transaction: Transaction, rows: readonly SourceRow[]): Promise<Source[]> {
  const serviceIds = rows.flatMap(({ services }) => services.map(({ id }) => id))
  const states = await statesOfServices(transaction, serviceIds, aliveSince())
  return rows.map((row) => sourceView(row, states))
}

function sourceView(row: SourceRow, states: ServiceStates): Source {
  const config = sourceConfig.parse({ ...(row.config as object), type: row.type })
  const { id, name } = row.gateway
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    name: row.name,
    gateway: { id, name },
    type: config.type,
    ...connectionFields(config, row.secretSealed !== null),
    services: [...row.services],
    sync: syncOf(row, states),
  }
}

function connectionFields(
  config: SourceConfig,
  hasSecret: boolean,
): Pick<Source, 'endpoint' | 'kubernetes' | 'nacos'> {
  if (config.type === 'nacos') {
    const { servers, namespace, groups, username } = config
    const nacos = { servers, namespace, groups, username, hasPassword: hasSecret }
    return { endpoint: servers[0] ?? '', kubernetes: null, nacos }
  }
  const { connection, hiddenNamespaces } = config
  return {
    endpoint: connection.kind === 'in-cluster' ? 'in-cluster' : connection.url,
    kubernetes: { connection, hiddenNamespaces },
    nacos: null,
  }
}

const syncState = source.shape.sync.shape.state
const severity: readonly string[] = ['current', 'pending', 'stale', 'failed']

/** The worst that any live node says of any service that is found in it. */
function syncOf({ services }: SourceRow, { discoveries }: ServiceStates): Source['sync'] {
  const ids = new Set(services.map(({ id }) => id))
  if (ids.size === 0) return { state: 'idle', reason: null, syncedAt: null }
  const seen = discoveries.filter(({ serviceId }) => ids.has(serviceId))
  const orderOf = ({ state }: DiscoveryStateRow) => severity.indexOf(state)
  const [worst] = [...seen].sort((a, b) => orderOf(b) - orderOf(a))
  const synced = seen.flatMap(({ syncedAt }) => syncedAt?.getTime() ?? [])
  return {
    state: syncState.catch('pending').parse(worst?.state),
    reason: worst?.reason ?? null,
    syncedAt: synced.length === 0 ? null : new Date(Math.max(...synced)).toISOString(),
  }
}
