import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { TokenIndex } from '@/lib/gateway/stages/authorize/token-index.ts'
import type { RetryBudget } from '@/lib/gateway/stages/forward/retry-budget.ts'
import type { Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'

/** A service with everything prepared that a request would otherwise have to look up or parse. */
export interface ServiceRuntime {
  readonly id: string
  readonly name: string
  readonly running: boolean
  readonly tokens: TokenIndex
  readonly forwardAuthorization: boolean
  /** Secret. */
  readonly upstreamAuthorization: string | null
  readonly requestTimeoutMs: number
  readonly instances: readonly Instance[]
  readonly strategy: Strategy
  readonly retryBudget: RetryBudget
}
