import { coveredBy } from '@/lib/domain/model-pattern.ts'
import { type ModelRouting, targetsOfRouting } from '@/lib/domain/model-routing.ts'
import type { RouteWarning } from '@/lib/domain/test-route.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

/** Comparing all patterns with all costs as the square of their characters. */
const comparedCharactersMax = 5_000

export interface RouteFacts {
  readonly useCase: string
  readonly protocol: string
  readonly routing: ModelRouting
  /** All that the routing names. */
  readonly services: ReadonlyMap<string, UpstreamService>
}

/** What can be saved, and is hardly meant. */
export function routeWarnings({ useCase, protocol, routing, services }: RouteFacts): RouteWarning[] {
  const ofServices = targetsOfRouting(routing).flatMap(({ path, target }) => {
    const service = services.get(target.serviceId)
    if (service === undefined) return []
    const place = `routing.${path}.serviceId`
    return [...healthWarnings(place, service), ...formatWarnings(place, service, useCase, protocol)]
  })
  return [...(routing.mode === 'model-name' ? ruleWarnings(routing.rules) : []), ...ofServices]
}

function ruleWarnings(rules: ReadonlyArray<{ readonly pattern: string }>): RouteWarning[] {
  const patterns = rules.map(({ pattern }) => pattern)
  if (patterns.join('').length > comparedCharactersMax) return []
  return coveredBy(patterns).flatMap((above, index) => {
    if (above === null) return []
    const message = `${patterns[index]} is never reached: ${patterns[above]} above takes all of its models.`
    return [{ path: `routing.rules.${index}.pattern`, code: 'rule_unreachable', message }]
  })
}

function healthWarnings(path: string, { name, health }: UpstreamService): RouteWarning[] {
  if (health.state === 'empty') {
    return [{ path, code: 'service_unhealthy', message: `${name} has no endpoint now.` }]
  }
  if (health.state !== 'failing') return []
  return [{ path, code: 'service_unhealthy', message: `${name} does not answer now.` }]
}

/** Addresses speak what their callers speak; of providers, chats and embeddings are each converted to their like. */
function formatWarnings(
  path: string,
  { name, provider, formats }: UpstreamService,
  useCase: string,
  protocol: string,
): RouteWarning[] {
  if (provider === null) return []
  const embeds = formats.some(isEmbedding)
  const chats = formats.some((format) => !isEmbedding(format))
  const isMissing =
    (useCase === 'embedding' && !embeds) ||
    (useCase === 'text' && !chats && !(protocol === 'openai' && embeds))
  if (!isMissing) return []
  const what = useCase === 'embedding' ? 'embeddings' : 'chats'
  return [
    { path, code: 'protocol_unsupported', message: `${name} answers no ${what}. Choose another service.` },
  ]
}

function isEmbedding(format: string): boolean {
  return format.endsWith('-embeddings')
}
