import { type Instance, type InstanceState, isCandidate, weightNow } from '@/lib/gateway/runtime/instance.ts'
import type { Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'

/** Power of two choices: draw two by weight, take the one with fewer requests in flight for its weight. */
export function createLeastRequests(
  instances: readonly Instance[],
  random: () => number = Math.random,
): Strategy {
  const draw = (
    other: Instance | null,
    tried: readonly InstanceState[],
    now: number,
    avoidedUntilMax: number,
  ): Instance | null => {
    let total = 0
    for (const instance of instances) {
      if (instance !== other && isCandidate(instance, tried, avoidedUntilMax))
        total += weightNow(instance, now)
    }
    let left = random() * total
    let last: Instance | null = null
    for (const instance of instances) {
      if (instance === other || !isCandidate(instance, tried, avoidedUntilMax)) continue
      left -= weightNow(instance, now)
      if (left < 0) return instance
      last = instance
    }
    return last
  }
  return {
    pick(_request, tried, now, avoidedUntilMax) {
      const first = draw(null, tried, now, avoidedUntilMax)
      if (first === null) return null
      const second = draw(first, tried, now, avoidedUntilMax)
      return second !== null && load(second, now) < load(first, now) ? second : first
    },
  }
}

function load(instance: Instance, now: number): number {
  const { requestsInFlight, connections } = instance.state
  return (requestsInFlight + connections + 1) / weightNow(instance, now)
}
