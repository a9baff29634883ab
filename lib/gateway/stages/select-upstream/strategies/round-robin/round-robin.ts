import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'

/** Smooth weighted round robin: weights 5, 1, 1 give a a b a c a a, never five in a row. */
export function createRoundRobin(instances: readonly Instance[]): Strategy {
  const credits = new Float64Array(instances.length)
  return {
    pick(_request, isCandidate) {
      let total = 0
      let best = -1
      instances.forEach((instance, index) => {
        if (!isCandidate(instance)) return
        total += instance.weight
        const credit = (credits[index] as number) + instance.weight
        credits[index] = credit
        if (best === -1 || credit > (credits[best] as number)) best = index
      })
      if (best === -1) return null
      credits[best] = (credits[best] as number) - total
      return instances[best] ?? null
    },
  }
}
