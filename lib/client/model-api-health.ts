import type { ModelApi } from '@/lib/domain/model-api.ts'
import { targetsOfRouting } from '@/lib/domain/model-routing.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

export interface ModelApiHealth {
  /** `quiet`: nothing is known of its services yet. `disabled`: it refuses every call. */
  readonly state: 'disabled' | 'serving' | 'partly' | 'down' | 'quiet'
  readonly failing: number
  readonly total: number
}

type KnownService = Pick<UpstreamService, 'id' | 'health'>

/** The services that it routes to, each once, in the order of the routing; those of falling back are not among them. */
export function routedServiceIds({ routing }: Pick<ModelApi, 'routing'>): string[] {
  return [...new Set(targetsOfRouting(routing).map(({ target }) => target.serviceId))]
}

/** How an API is, as its services are. */
export function modelApiHealth(
  api: Pick<ModelApi, 'routing' | 'enabled'>,
  services: readonly KnownService[],
): ModelApiHealth {
  const ids = routedServiceIds(api)
  const states = ids.map((id) => services.find((service) => service.id === id)?.health.state ?? 'unknown')
  const failing = states.filter((state) => state === 'failing' || state === 'empty').length
  return { state: api.enabled ? stateOf(states, failing) : 'disabled', failing, total: ids.length }
}

function stateOf(states: readonly string[], failing: number): ModelApiHealth['state'] {
  if (failing > 0) return failing === states.length ? 'down' : 'partly'
  return states.every((state) => state === 'unknown') ? 'quiet' : 'serving'
}
