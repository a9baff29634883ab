'use client'

import { parseAsString, useQueryStates } from 'nuqs'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { targetsOfRouting } from '@/lib/domain/model-routing.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

const parsers = { q: parseAsString.withDefault(''), gateway: parseAsString }

/** Search and filters of the list, kept in the address. */
export function useModelApiFilter(services: readonly UpstreamService[]) {
  const [state, setState] = useQueryStates(parsers, { history: 'replace' })
  const wanted = state.q.trim().toLowerCase()
  return {
    state,
    setState,
    matches: (api: ModelApi) =>
      (state.gateway === null || api.gateway.id === state.gateway) &&
      (wanted === '' || wordsOf(api, services).some((word) => word.toLowerCase().includes(wanted))),
    clear: () => void setState({ q: null, gateway: null }),
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
