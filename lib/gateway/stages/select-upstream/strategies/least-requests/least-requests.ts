import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'

/** Power of two choices: draw two by weight, take the one with fewer requests in flight for its weight. */
export function createLeastRequests(
  instances: readonly Instance[],
  random: () => number = Math.random,
): Strategy {
  return {
    pick(_request, isCandidate) {
      const candidates = instances.filter(isCandidate)
      const first = draw(candidates, random)
      if (first === null || candidates.length === 1) return first
      const second = draw(
        candidates.filter((candidate) => candidate !== first),
        random,
      )
      return second !== null && load(second) < load(first) ? second : first
    },
  }
}

function load(instance: Instance): number {
  return (instance.state.requestsInFlight + 1) / instance.weight
}

function draw(candidates: readonly Instance[], random: () => number): Instance | null {
  let total = 0
  for (const candidate of candidates) total += candidate.weight
  let left = random() * total
  for (const candidate of candidates) {
    left -= candidate.weight
    if (left < 0) return candidate
  }
  return candidates.at(-1) ?? null
}
