import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'

/** What choosing an instance goes by: a request, or a connection of layer 4, which has no headers. */
export interface BalancedCall {
  readonly clientAddress: string
  readonly headers: { readonly endToEnd: readonly string[] }
}

/** Picks among the instances that `isCandidate` lets through, by their weights at `now`; null when it lets none. */
export interface Strategy {
  pick(
    call: BalancedCall,
    tried: readonly InstanceState[],
    now: number,
    avoidedUntilMax: number,
  ): Instance | null
}
