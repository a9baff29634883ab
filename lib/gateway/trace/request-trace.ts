import type { RouteReason } from '@/lib/domain/route-reason.ts'
import type { UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'

/**
 * Whoever watches one request of the console's own, told by the stages in the order in which things happen. Traffic has
 * none. It is part of the door's context: nothing that is sent can make one.
 */
export interface RequestTrace {
  /** The Model API that is meant; what the address leads to otherwise is refused. */
  readonly apiId: string
  /** The consumer who calls, whose grant counts and who proves nothing; null: nobody, who needs no grant. */
  readonly inNameOf: string | null
  /** Before anything is decided. `startedAt`: on the clock of `performance.now`. */
  began(requestId: string, startedAt: number): void
  routed(reason: RouteReason): void
  /** A service is asked: one try, with one key. What came of it follows before the next. */
  sends(sending: Sending): void
  sent(outcome: SendOutcome): void
  /** Nobody else is asked for this target. Told before, where `error` is what the last `sent` said. */
  targetFailed(target: Asked, error: unknown): void
  /** The last word. */
  ended(ending: Ending): void
}

/** Who is asked, and what for; null: as the caller names it. */
export interface Asked {
  readonly service: { readonly id: string; readonly name: string }
  readonly model: string | null
}

export interface Sending extends Asked {
  readonly origin: string
  /** As in the `Host` header. */
  readonly host: string
  readonly request: UpstreamRequest
  /** What authenticates it, which `request` holds too: names and values in turn, and the query. */
  readonly credentials: readonly string[]
  readonly credentialQuery: string
  readonly isConverted: boolean
  readonly dropped: readonly string[]
}

export interface SendOutcome {
  /** Null: it did not answer. */
  readonly status: number | null
  readonly error: unknown
  /** A word where there is no error; null: it answered well. */
  readonly reason: 'answered_error' | 'key_declined' | 'broke_off' | 'caller_left' | null
  /** What the service says is wrong; null: nothing. */
  readonly message: string | null
}

export interface Ending {
  readonly status: number
  readonly error: { readonly code: string; readonly source: 'client' | 'gateway' | 'upstream' } | null
  /** The service said that something is wrong, or broke off. */
  readonly isServicesFault: boolean
  readonly firstTokenMs: number | null
  readonly usage: {
    readonly input: number | null
    readonly output: number | null
    readonly cached: number | null
    readonly reasoning: number | null
  }
  readonly answeredBy: string | null
  readonly dropped: readonly string[]
}
