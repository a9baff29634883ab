import { type ApiType, apiTypeFacts } from '@/lib/domain/api-type.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { type ModelRouting, type ModelTarget, targetsOfRouting } from '@/lib/domain/model-routing.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { ruleFor } from './model-rules.ts'

/** A call that an API answers as it stands, but for the caller's key where it admits consumers alone. */
export interface SampleCall {
  readonly apiType: ApiType
  readonly url: string
  readonly body: Readonly<Record<string, unknown>>
  /** Only consumers with a key are admitted. */
  readonly needsKey: boolean
}

type KnownService = Pick<UpstreamService, 'id' | 'models'>

/** The routes that are shown as an example, by their path. */
const exampleRoutes: Readonly<Record<string, ApiType>> = {
  '/v1/chat/completions': 'openai-chat',
  '/v1/messages': 'anthropic-messages',
}

/** For services that list no models: most servers take any name, and say so when they do not. */
const anyModel = 'default'

/** Null when the API is reachable under no address, or answers no chat. */
export function sampleCall(
  { addresses, routing, plugins }: Pick<ModelApi, 'addresses' | 'routing' | 'plugins'>,
  services: readonly KnownService[],
): SampleCall | null {
  for (const { path, url } of addresses) {
    const apiType = exampleRoutes[path]
    if (apiType === undefined) continue
    const body = apiTypeFacts[apiType].sampleBody(sampleModel(routing, services))
    return { apiType, url, body, needsKey: plugins.authorization.enabled }
  }
  return null
}

/** A name of a model that is routed to a service which knows it. */
export function sampleModel(routing: ModelRouting, services: readonly KnownService[]): string {
  const modelsOf = ({ serviceId }: ModelTarget) => services.find(({ id }) => id === serviceId)?.models ?? []
  if (routing.mode === 'model-name') return ruledModel(routing, modelsOf)
  const targets = targetsOfRouting(routing).map(({ target }) => target)
  const passed = targets.flatMap((target) => (target.model === null ? modelsOf(target) : []))
  return passed[0] ?? targets.find(({ model }) => model !== null)?.model ?? anyModel
}

/** Every model that the routing names or whose service is known to have it, the sample first. */
export function knownModels(routing: ModelRouting, services: readonly KnownService[]): string[] {
  const written =
    routing.mode === 'model-name'
      ? routing.rules.map(({ pattern }) => pattern).filter((pattern) => !/[*?]/.test(pattern))
      : []
  const targets = targetsOfRouting(routing).flatMap(({ target }) => {
    const known = services.find(({ id }) => id === target.serviceId)?.models ?? []
    return target.model === null ? known : [target.model, ...known]
  })
  return [...new Set([sampleModel(routing, services), ...written, ...targets])]
}

function ruledModel(
  routing: Extract<ModelRouting, { mode: 'model-name' }>,
  modelsOf: (target: ModelTarget) => readonly string[],
): string {
  const patterns = routing.rules.map(({ pattern }) => pattern)
  const taken = (modelsFor: (rule: (typeof routing.rules)[number]) => readonly string[]) =>
    routing.rules.flatMap((rule, index) =>
      modelsFor(rule).filter((model) => model !== '' && ruleFor(patterns, model) === index),
    )[0]
  return (
    taken(({ pattern, target }) => [...modelsOf(target), ...(/[*?]/.test(pattern) ? [] : [pattern])]) ??
    (routing.default && modelsOf(routing.default)[0]) ??
    // A guess: no service has told of a model that a rule takes.
    taken(({ pattern }) => [pattern.replaceAll('*', '').replaceAll('?', '1')]) ??
    anyModel
  )
}
