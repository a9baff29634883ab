import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'

/** Picks among the instances that `isCandidate` lets through, by their weights at `now`; null when it lets none. */
export interface Strategy {
  pick(
    request: Admitted,
    tried: readonly InstanceState[],
    now: number,
    avoidedUntilMax: number,
  ): Instance | null
}
