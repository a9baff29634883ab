import { isProviderConfig, type ServiceConfig, withoutSource } from '@/lib/control-plane/service-config.ts'
import { baseUrlHint } from '@/lib/domain/provider-form.ts'
import { type UpstreamService, type UpstreamWarning, upstreamService } from '@/lib/domain/upstream-service.ts'
import type { ServiceRow } from '@/lib/persistence/service-store.ts'
import { providerOf } from '@/lib/providers/registry.ts'
import { prepareProvider } from './prepare-provider.ts'
import { serviceHealth } from './service-health.ts'
import type { SeenKey, ServiceSight } from './service-sights.ts'

export interface ServiceFacts {
  readonly sight: ServiceSight
  /** Where the inference service is that it follows; null: it follows none, or that has no address on this side. */
  readonly followedUrl: string | null
}

const { shape } = upstreamService

export function serviceView(row: ServiceRow, config: ServiceConfig, facts: ServiceFacts): UpstreamService {
  const { id, name, type } = row.gateway
  const { sight } = facts
  const keys = row.keys.map((key) => ({
    id: key.id,
    label: key.label,
    hint: key.hint,
    createdAt: key.createdAt.toISOString(),
    ...(sight.keys.get(key.id) ?? unseen),
  }))
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    name: row.name,
    description: row.description,
    gateway: { id, name, type: shape.gateway.shape.type.parse(type) },
    source: config.source,
    requestTimeoutMs: row.requestTimeoutMs,
    config: { ...withoutSource(config) },
    ...providerFields(config),
    address: addressOf(config, facts.followedUrl),
    keys,
    nodes: [...sight.nodes],
    health: serviceHealth(sight, keysOf(row, keys, sight)),
    warnings: warningsOf(row, config, facts),
    usedBy: row.modelApis.map((api) => ({ kind: 'model-api' as const, ...api })),
  }
}

const unseen: SeenKey = { state: 'unknown', reason: null, since: null, until: null }

/** A followed service's token counts as its key. */
function keysOf(row: ServiceRow, keys: readonly SeenKey[], { keys: seen }: ServiceSight): readonly SeenKey[] {
  return row.inferenceServiceId === null ? keys : [...seen.values()]
}

function providerFields(config: ServiceConfig): Pick<UpstreamService, 'provider' | 'formats' | 'models'> {
  if (!isProviderConfig(config)) return { provider: null, formats: [], models: [] }
  const manifest = providerOf(config.provider)?.manifest
  const preparation = prepareProvider(config)
  return {
    provider: {
      id: config.provider,
      name: manifest?.name ?? { en: config.provider, 'zh-CN': config.provider },
      monogram: manifest?.monogram ?? '?',
    },
    formats: preparation.ok ? preparation.prepared.routes.map(({ format }) => format) : [],
    models: config.source === 'ai' ? config.models : [],
  }
}

function addressOf(config: ServiceConfig, followedUrl: string | null): string {
  switch (config.source) {
    case 'ai':
    case 'agent':
      return config.baseUrl ?? followedUrl ?? ''
    case 'function-compute':
      return config.url
    case 'dns':
      return listed(config.addresses)
    case 'fixed':
      return listed(config.addresses.map(({ address }) => address))
    case 'nacos':
      return `${config.group}/${config.service}`
    default:
      return `${config.namespace}/${config.service}:${config.port}`
  }
}

function listed(addresses: readonly string[]): string {
  const [first = ''] = addresses
  return addresses.length === 1 ? first : `${addresses.length} addresses`
}

function warningsOf(row: ServiceRow, config: ServiceConfig, facts: ServiceFacts): UpstreamWarning[] {
  if (!isProviderConfig(config)) return []
  if (row.inferenceServiceId !== null && facts.followedUrl === null) return [unreachable]
  const manifest = providerOf(config.provider)?.manifest
  const preparation = prepareProvider(config)
  if (!preparation.ok) return [unusable(config.source, preparation.problem.message)]
  const hint = manifest && config.baseUrl !== undefined ? baseUrlHint(manifest, config.baseUrl) : null
  return hint === null || hint === undefined
    ? []
    : [{ path: `${config.source}.baseUrl`, code: 'base_url', message: hint }]
}

function unusable(part: string, message: string): UpstreamWarning {
  const words = { en: message, 'zh-CN': `此版本无法使用该服务的设置：${message}` }
  return { path: part, code: 'provider_settings', message: words }
}

const unreachable: UpstreamWarning = {
  path: 'ai.options.connection',
  code: 'no_address',
  message: {
    en: 'The gateway of the inference service has no address on this side. Choose the other connection, or switch the side on.',
    'zh-CN': '该推理服务所在网关的这一侧没有地址，请改用另一种连接方式，或启用这一侧。',
  },
}
