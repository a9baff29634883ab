import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'

/** Picks among the instances that `isCandidate` lets through; null when it lets none. */
export interface Strategy {
  pick(request: Admitted, isCandidate: (instance: Instance) => boolean): Instance | null
}
