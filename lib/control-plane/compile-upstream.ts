import { readHostPort } from '@/lib/domain/host-port.ts'
import { passiveHealthInput } from '@/lib/domain/traffic-policy.ts'
import { providerOf } from '@/lib/providers/registry.ts'
import type { DiscoverySnapshot } from '@/lib/snapshot/discovery-snapshot.ts'
import type { Balancing } from '@/lib/snapshot/instance-policies.ts'
import type {
  AddressUpstream,
  ProviderKeySnapshot,
  ProviderUpstream,
  UpstreamServiceSnapshot,
  UpstreamTls,
} from '@/lib/snapshot/upstream-service-snapshot.ts'
import type { ProviderConfig, ServiceConfig, TlsConfig } from './service-config.ts'
import type { SourceAccess } from './source-config.ts'

/** One service of the AI gateway with all that it names, secrets opened. */
export interface UpstreamRows {
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  readonly requestTimeoutMs: number
  readonly config: ServiceConfig
  /** Secret. In the order in which they are tried. */
  readonly keys: readonly ProviderKeySnapshot[]
  /** Secret key. For mutual TLS. */
  readonly client: UpstreamTls['client']
  /** Of services that are found in a registry. */
  readonly access: SourceAccess | null
  /** Of services that follow an inference service: its address and active token; null: it cannot be called there. */
  readonly followed: { readonly baseUrl: string; readonly keys: readonly ProviderKeySnapshot[] } | null
}

export function compileUpstream(rows: UpstreamRows): UpstreamServiceSnapshot {
  const { id, name, workspaceId, requestTimeoutMs } = rows
  return { id, name, workspaceId, upstream: upstreamOf(rows), requestTimeoutMs }
}

/** A service that a node could not prepare must not keep it from the others: it is there, and nothing answers. */
function upstreamOf(rows: UpstreamRows): ProviderUpstream | AddressUpstream {
  const { config, client } = rows
  switch (config.source) {
    case 'ai':
    case 'agent': {
      const upstream = toProvider(config, rows)
      return canPrepare(upstream) ? upstream : unchecked(nowhere)
    }
    case 'function-compute':
      return unchecked({ type: 'url', url: config.url })
    default:
      if (config.tls.mode === 'mutual' && client === null) return unchecked(nowhere)
      return {
        kind: 'addresses',
        discovery: discoveryOf(config, rows),
        tls: toTls(config.tls, client),
        balancing: toBalancing(config.balancing),
        healthCheck: config.healthCheck,
        passiveHealth: passiveHealthInput.parse({}),
      }
  }
}

function unchecked(discovery: DiscoverySnapshot): AddressUpstream {
  const balancing = { strategy: 'round-robin' } as const
  return { kind: 'addresses', discovery, tls: null, balancing, healthCheck: null, passiveHealth: null }
}

/** False too for a provider that another version knows, and for a followed service without an address. */
function canPrepare({ provider, protocol, baseUrl, options }: ProviderUpstream): boolean {
  try {
    return providerOf(provider)?.prepare({ protocol, baseUrl, options }, offline) !== undefined
  } catch {
    return false
  }
}

const offline = {
  now: () => 0,
  fetch: () => Promise.reject(new Error('Preparing a provider asks nobody.')),
}

function toProvider(config: ProviderConfig, { keys, followed }: UpstreamRows): ProviderUpstream {
  const { provider, protocol, baseUrl, options, keyFailover } = config
  return {
    kind: 'provider',
    provider,
    protocol,
    baseUrl: (baseUrl ?? followed?.baseUrl ?? '').replace(/\/+$/, ''),
    options,
    models: config.source === 'ai' ? config.models : [],
    keys: followed === null ? keys : followed.keys,
    keyFailover,
    tls: null,
  }
}

type AddressConfig = Exclude<ServiceConfig, ProviderConfig | { readonly source: 'function-compute' }>

function discoveryOf(config: AddressConfig, { access }: UpstreamRows): DiscoverySnapshot {
  switch (config.source) {
    case 'dns':
      return { type: 'dns', names: config.addresses.map(toHostPort) }
    case 'fixed':
      return {
        type: 'fixed',
        addresses: config.addresses.map(({ address, weight }) => ({ ...toHostPort(address), weight })),
      }
    case 'nacos': {
      if (access?.type !== 'nacos') return nowhere
      const { namespace, group, service } = config
      const cluster = namespace === null ? access.cluster : { ...access.cluster, namespace }
      return { type: 'nacos', cluster, group, service }
    }
    default: {
      if (access?.type !== 'kubernetes') return nowhere
      const { namespace, service, port } = config
      return { type: 'kubernetes', cluster: access.cluster, namespace, service, port }
    }
  }
}

/** Nothing answers, and everything else goes on. */
const nowhere: DiscoverySnapshot = { type: 'fixed', addresses: [] }

function toHostPort(text: string): { host: string; port: number } {
  const reading = readHostPort(text)
  if (!reading.ok) throw new RangeError(`${text}: ${reading.complaint.message}`)
  return { host: reading.value.host, port: reading.value.port }
}

function toTls(tls: TlsConfig, client: UpstreamTls['client']): UpstreamTls | null {
  if (tls.mode === 'off') return null
  const { serverName, ca } = tls
  return { serverName, ca, client: tls.mode === 'mutual' ? client : null }
}

function toBalancing(strategy: AddressConfig['balancing']): Balancing {
  return strategy === 'client-address' ? { strategy: 'hash', on: 'client-address' } : { strategy }
}
