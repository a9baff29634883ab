import { noReadyInstance, serviceStopped } from '@/lib/gateway/runtime/fleet.ts'
import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'

/**
 * Chooses the instance for one attempt; instances in `tried` are out. Null when all that could serve are full, or
 * others wait already. Throws when none is left.
 */
export function selectUpstream(route: Route, tried: readonly InstanceState[]): Instance | null {
  const { service, request } = route
  if (!service.running) throw serviceStopped()
  const { fleet } = service
  fleet.adopt(service)
  // A further attempt has waited already.
  const choice = fleet.waiting === 0 || tried.length > 0 ? fleet.pick(request, tried) : null
  if (choice === null && !fleet.canServe(tried)) throw noReadyInstance()
  return choice
}
