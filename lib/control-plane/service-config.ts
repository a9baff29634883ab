import * as z from 'zod'

/**
 * What the column `config` of a service holds, by its source: what was written, with defaults filled in and without
 * secrets. Another version may have written it, so it is parsed.
 */

const tls = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('off') }),
  z.object({ mode: z.literal('one-way'), serverName: z.string().nullable(), ca: z.string().nullable() }),
  z.object({
    mode: z.literal('mutual'),
    serverName: z.string().nullable(),
    ca: z.string().nullable(),
    certificateId: z.string(),
  }),
])
export type TlsConfig = z.infer<typeof tls>

const reached = {
  tls,
  healthCheck: z
    .object({
      path: z.string(),
      intervalMs: z.number(),
      timeoutMs: z.number(),
      unhealthyAfter: z.number(),
      healthyAfter: z.number(),
    })
    .nullable(),
  balancing: z.enum(['round-robin', 'least-requests', 'client-address']),
}

const asked = {
  provider: z.string(),
  protocol: z.enum(['openai', 'native']),
  /** Left out where it follows an inference service. */
  baseUrl: z.string().optional(),
  keyFailover: z.object({ failures: z.number(), retryMs: z.number() }).nullable(),
  options: z.record(z.string(), z.string()),
}

const inCluster = {
  sourceId: z.string(),
  namespace: z.string(),
  service: z.string(),
  port: z.string(),
  ...reached,
}

export const serviceConfig = z.discriminatedUnion('source', [
  z.object({ source: z.literal('ai'), ...asked, models: z.array(z.string()) }),
  z.object({ source: z.literal('agent'), ...asked }),
  z.object({ source: z.literal('dns'), addresses: z.array(z.string()), ...reached }),
  z.object({
    source: z.literal('fixed'),
    addresses: z.array(z.object({ address: z.string(), weight: z.number() })),
    ...reached,
  }),
  z.object({ source: z.literal('kubernetes'), ...inCluster }),
  z.object({ source: z.literal('sae'), ...inCluster }),
  z.object({
    source: z.literal('nacos'),
    sourceId: z.string(),
    /** Null: the source's. */
    namespace: z.string().nullable(),
    group: z.string(),
    service: z.string(),
    ...reached,
  }),
  z.object({
    source: z.literal('function-compute'),
    function: z.string(),
    qualifier: z.string(),
    url: z.string(),
  }),
])
export type ServiceConfig = z.infer<typeof serviceConfig>
export type ProviderConfig = Extract<ServiceConfig, { readonly provider: string }>

export function isProviderConfig(config: ServiceConfig): config is ProviderConfig {
  return 'provider' in config
}

/** Null where nothing is dialled by TLS settings of its own. */
export function tlsOf(config: ServiceConfig): TlsConfig | null {
  return 'tls' in config ? config.tls : null
}

/** The registry that the service is found in; null for all others. */
export function sourceIdOf(config: ServiceConfig): string | null {
  return 'sourceId' in config ? config.sourceId : null
}

export function certificateIdOf(config: ServiceConfig): string | null {
  const mode = tlsOf(config)
  return mode?.mode === 'mutual' ? mode.certificateId : null
}

export function readServiceConfig(row: { readonly source: string; readonly config: unknown }): ServiceConfig {
  return serviceConfig.parse({ ...(row.config as object), source: row.source })
}

/** As it is stored and shown: the source has a column of its own. */
export function withoutSource({ source: _, ...config }: ServiceConfig): Readonly<Record<string, unknown>> {
  return config
}
