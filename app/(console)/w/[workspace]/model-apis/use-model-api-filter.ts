'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { modelApiHealth, routedServiceIds } from '@/lib/client/model-api-health.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { modelApiProtocols, modelApiUseCases } from '@/lib/domain/model-api-routes.ts'
import { targetsOfRouting } from '@/lib/domain/model-routing.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

export const modelApiStates = ['serving', 'partly', 'down', 'quiet', 'disabled'] as const

const parsers = {
  q: parseAsString.withDefault(''),
  use: parseAsStringLiteral(modelApiUseCases),
  protocol: parseAsStringLiteral(modelApiProtocols),
  status: parseAsStringLiteral(modelApiStates),
  gateway: parseAsString,
  service: parseAsString,
  domain: parseAsString,
  group: parseAsString,
}

/** Search and filters of the list, kept in the address. */
export function useModelApiFilter(services: readonly UpstreamService[]) {
  const [state, setState] = useQueryStates(parsers, { history: 'replace' })
  const wanted = state.q.trim().toLowerCase()
  const fits = (chosen: string | null, ...actual: readonly string[]) =>
    chosen === null || actual.includes(chosen)
  return {
    state,
    setState,
    matches: (api: ModelApi) =>
      fits(state.use, api.useCase) &&
      fits(state.protocol, api.protocol) &&
      fits(state.status, modelApiHealth(api, services).state) &&
      fits(state.gateway, api.gateway.id) &&
      fits(state.service, ...routedServiceIds(api)) &&
      fits(state.domain, ...api.domainIds) &&
      fits(state.group, api.resourceGroup) &&
      (wanted === '' || wordsOf(api, services).some((word) => word.toLowerCase().includes(wanted))),
    clear: () => void setState(null),
  }
}

/** What an API is found by: its name and path, and the models and services that it routes to. */
function wordsOf({ name, basePath, routing, addresses }: ModelApi, services: readonly UpstreamService[]) {
  const targets = targetsOfRouting(routing).map(({ target }) => target)
  return [
    name,
    basePath,
    ...addresses.map(({ url }) => url),
    ...targets.flatMap(({ model }) => (model === null ? [] : [model])),
    ...targets.flatMap(({ serviceId }) => services.find(({ id }) => id === serviceId)?.name ?? []),
    ...(routing.mode === 'model-name' ? routing.rules.map(({ pattern }) => pattern) : []),
  ]
}
