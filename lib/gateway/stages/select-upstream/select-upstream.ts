import { refusal } from '@/lib/gateway/error.ts'
import { type Instance, isSelectable } from '@/lib/gateway/runtime/instance.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'

/** Chooses the instance for one attempt; instances in `tried` are out. Throws when none is left. */
export function selectUpstream(route: Route, tried: readonly Instance[], now: number): Instance {
  const { service, request } = route
  if (!service.running) {
    throw refusal('service_stopped', 'The service is stopped. Start it in the console, then call again.')
  }
  const only = service.instances.length === 1 ? service.instances[0] : undefined
  if (only !== undefined && tried.length === 0 && isSelectable(only)) return only

  const isCandidate = (instance: Instance) => isSelectable(instance) && !tried.includes(instance)
  const choice =
    service.strategy.pick(request, (instance) => isCandidate(instance) && instance.state.avoidUntil <= now) ??
    service.strategy.pick(request, isCandidate)
  if (choice === null) {
    throw refusal('no_ready_instance', 'No instance of the service is ready. Try again shortly.')
  }
  return choice
}
