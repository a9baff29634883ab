import { type Instance, isCandidate, weightNow } from '@/lib/gateway/runtime/instance.ts'
import type { Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'

/** Smooth weighted round robin: weights 5, 1, 1 give a a b a c a a, never five in a row. */
export function createRoundRobin(instances: readonly Instance[]): Strategy {
  const credits = new Float64Array(instances.length)
  return {
    pick(_request, tried, now, avoidedUntilMax) {
      let total = 0
      let best: Instance | null = null
      let bestIndex = -1
      let bestCredit = 0
      let index = -1
      for (const instance of instances) {
        index += 1
        if (!isCandidate(instance, tried, avoidedUntilMax)) continue
        const weight = weightNow(instance, now)
        const credit = (credits[index] as number) + weight
        total += weight
        credits[index] = credit
        if (best !== null && credit <= bestCredit) continue
        best = instance
        bestIndex = index
        bestCredit = credit
      }
      if (best !== null) credits[bestIndex] = bestCredit - total
      return best
    },
  }
}
