import { readHostPort } from '@/lib/domain/host-port.ts'
import { passiveHealthInput } from '@/lib/domain/traffic-policy.ts'
import type {
  AddressUpstream,
  Balancing,
  DiscoverySnapshot,
  ProviderKeySnapshot,
  ProviderUpstream,
  UpstreamServiceSnapshot,
  UpstreamTls,
} from '@/lib/snapshot/snapshot.ts'
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
  readonly followed: { readonly baseUrl: string; readonly key: ProviderKeySnapshot } | null
}

export function compileUpstream(rows: UpstreamRows): UpstreamServiceSnapshot {
  const { id, name, workspaceId, requestTimeoutMs } = rows
  return { id, name, workspaceId, upstream: upstreamOf(rows), requestTimeoutMs }
}

function upstreamOf(rows: UpstreamRows): ProviderUpstream | AddressUpstream {
  const { config } = rows
  switch (config.source) {
    case 'ai':
    case 'agent':
      return toProvider(config, rows)
    case 'function-compute':
      return {
        kind: 'addresses',
        discovery: { type: 'url', url: config.url },
        tls: null,
        balancing: { strategy: 'round-robin' },
        healthCheck: null,
        passiveHealth: null,
      }
    default:
      return {
        kind: 'addresses',
        discovery: discoveryOf(config, rows),
        tls: toTls(config.tls, rows),
        balancing: toBalancing(config.balancing),
        healthCheck: config.healthCheck,
        passiveHealth: passiveHealthInput.parse({}),
      }
  }
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
    keys: followed === null ? keys : [followed.key],
    keyFailover,
    tls: null,
  }
}

type AddressConfig = Exclude<ServiceConfig, ProviderConfig | { readonly source: 'function-compute' }>

function discoveryOf(config: AddressConfig, { name, access }: UpstreamRows): DiscoverySnapshot {
  switch (config.source) {
    case 'dns':
      return { type: 'dns', names: config.addresses.map(toHostPort) }
    case 'fixed':
      return {
        type: 'fixed',
        addresses: config.addresses.map(({ address, weight }) => ({ ...toHostPort(address), weight })),
      }
    case 'nacos': {
      if (access?.type !== 'nacos') throw new Error(`Service ${name} has lost its Nacos source.`)
      const { namespace, group, service } = config
      const cluster = namespace === null ? access.cluster : { ...access.cluster, namespace }
      return { type: 'nacos', cluster, group, service }
    }
    default: {
      if (access?.type !== 'kubernetes') throw new Error(`Service ${name} has lost its Kubernetes source.`)
      const { namespace, service, port } = config
      return { type: 'kubernetes', cluster: access.cluster, namespace, service, port }
    }
  }
}

function toHostPort(text: string): { host: string; port: number } {
  const reading = readHostPort(text)
  if (!reading.ok) throw new RangeError(`${text}: ${reading.complaint.message}`)
  return { host: reading.value.host, port: reading.value.port }
}

function toTls(tls: TlsConfig, { name, client }: UpstreamRows): UpstreamTls | null {
  if (tls.mode === 'off') return null
  const { serverName, ca } = tls
  if (tls.mode === 'one-way') return { serverName, ca, client: null }
  if (client === null) throw new Error(`Service ${name} has lost its client certificate.`)
  return { serverName, ca, client }
}

function toBalancing(strategy: AddressConfig['balancing']): Balancing {
  return strategy === 'client-address' ? { strategy: 'hash', on: 'client-address' } : { strategy }
}
