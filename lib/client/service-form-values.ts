import * as z from 'zod'
import type { ServiceSource, UpstreamService } from '@/lib/domain/upstream-service.ts'
import type { ProtocolId } from './provider-form.ts'

export interface KeyRow {
  /** Of a stored key: with nothing written in its fields it stays. Not `id`, which the form's rows have for themselves. */
  readonly keyId: string
  /** The last four characters of the stored key. */
  readonly hint: string
  readonly label: string
  /** By the names of the manifest's credential fields. */
  readonly fields: Readonly<Record<string, string>>
}

/** A service as its form edits it. The parts of other sources keep their values and are not sent. */
export interface ServiceFormValues {
  readonly source: ServiceSource
  readonly name: string
  readonly gatewayId: string
  readonly description: string
  readonly requestTimeoutMs: number | null
  readonly provider: string
  readonly protocol: ProtocolId
  /** Empty: the provider's own. */
  readonly baseUrl: string
  readonly options: Readonly<Record<string, string>>
  readonly keys: readonly KeyRow[]
  readonly failover: {
    readonly enabled: boolean
    readonly failures: number | null
    readonly retryMs: number | null
  }
  readonly models: readonly string[]
  /** As pasted: separated by commas, spaces or lines. */
  readonly addresses: string
  /** Of addresses that do not count once. */
  readonly weights: ReadonlyArray<{ readonly address: string; readonly weight: number | null }>
  readonly discovery: {
    readonly sourceId: string
    readonly namespace: string
    readonly group: string
    readonly service: string
    readonly port: string
  }
  readonly functionCompute: { readonly function: string; readonly qualifier: string; readonly url: string }
  readonly tls: {
    readonly mode: 'off' | 'one-way' | 'mutual'
    readonly serverName: string
    readonly ca: string
    readonly certificateId: string
  }
  readonly healthCheck: {
    readonly enabled: boolean
    readonly path: string
    readonly intervalMs: number | null
    readonly timeoutMs: number | null
    readonly unhealthyAfter: number | null
    readonly healthyAfter: number | null
  }
  readonly balancing: 'round-robin' | 'least-requests' | 'client-address'
}

export const emptyKey = (): KeyRow => ({ keyId: '', hint: '', label: '', fields: {} })

export function emptyServiceForm(source: ServiceSource, gatewayId: string): ServiceFormValues {
  return {
    source,
    name: '',
    gatewayId,
    description: '',
    requestTimeoutMs: 60_000,
    provider: '',
    protocol: 'openai',
    baseUrl: '',
    options: {},
    keys: [emptyKey()],
    failover: { enabled: false, failures: 3, retryMs: 30_000 },
    models: [],
    addresses: '',
    weights: [],
    discovery: { sourceId: '', namespace: '', group: 'DEFAULT_GROUP', service: '', port: '' },
    functionCompute: { function: '', qualifier: 'LATEST', url: '' },
    tls: { mode: 'off', serverName: '', ca: '', certificateId: '' },
    healthCheck: {
      enabled: false,
      path: '/health',
      intervalMs: 10_000,
      timeoutMs: 3000,
      unhealthyAfter: 3,
      healthyAfter: 1,
    },
    balancing: 'round-robin',
  }
}

const text = z.string().catch('')
const amount = (fallback: number) => z.number().catch(fallback)

/** What a service's `config` may hold, whatever its source; what a part does not have falls back. */
const storedConfig = z.object({
  protocol: z.enum(['openai', 'native']).catch('openai'),
  baseUrl: text,
  options: z.record(z.string(), z.string()).catch({}),
  models: z.array(z.string()).catch([]),
  keyFailover: z
    .object({ failures: amount(3), retryMs: amount(30_000) })
    .nullable()
    .catch(null),
  addresses: z
    .array(
      z.union([
        z.string().transform((address) => ({ address, weight: 1 })),
        z.object({ address: z.string(), weight: amount(1) }),
      ]),
    )
    .catch([]),
  sourceId: text,
  namespace: text,
  group: text,
  service: text,
  port: z.coerce.string().catch(''),
  function: text,
  qualifier: text,
  url: text,
  tls: z
    .object({
      mode: z.enum(['off', 'one-way', 'mutual']).catch('off'),
      serverName: text,
      ca: text,
      certificateId: text,
    })
    .catch({ mode: 'off', serverName: '', ca: '', certificateId: '' }),
  healthCheck: z
    .object({
      path: text,
      intervalMs: amount(10_000),
      timeoutMs: amount(3000),
      unhealthyAfter: amount(3),
      healthyAfter: amount(1),
    })
    .nullable()
    .catch(null),
  balancing: z.enum(['round-robin', 'least-requests', 'client-address']).catch('round-robin'),
})

export function serviceConfig(service: Pick<UpstreamService, 'config'>) {
  return storedConfig.parse(service.config)
}

export function serviceFormOf(service: UpstreamService): ServiceFormValues {
  const config = serviceConfig(service)
  const empty = emptyServiceForm(service.source, service.gateway.id)
  const { keyFailover, healthCheck } = config
  return {
    ...empty,
    name: service.name,
    description: service.description,
    requestTimeoutMs: service.requestTimeoutMs,
    provider: service.provider?.id ?? '',
    protocol: config.protocol,
    baseUrl: config.baseUrl,
    options: config.options,
    keys: service.keys.map(({ id, hint, label }) => ({ keyId: id, hint, label, fields: {} })),
    failover: keyFailover ? { enabled: true, ...keyFailover } : empty.failover,
    models: service.models,
    addresses: config.addresses.map(({ address }) => address).join('\n'),
    weights: config.addresses.filter(({ weight }) => weight !== 1),
    discovery: {
      sourceId: config.sourceId,
      namespace: config.namespace,
      group: config.group || empty.discovery.group,
      service: config.service,
      port: config.port,
    },
    functionCompute: { function: config.function, qualifier: config.qualifier, url: config.url },
    tls: config.tls,
    healthCheck: healthCheck ? { enabled: true, ...healthCheck } : empty.healthCheck,
    balancing: config.balancing,
  }
}

/** `10.0.0.7:8000, 10.0.0.8:8000` as a list. */
export function splitAddresses(written: string): readonly string[] {
  return written.split(/[\s,;，；]+/).filter((address) => address !== '')
}
