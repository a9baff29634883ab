export type Balancing =
  | { readonly strategy: 'round-robin' }
  /** Power of two choices over requests in flight. */
  | { readonly strategy: 'least-requests' }
  /** Rendezvous hashing: few keys move when instances change. Without the header, the client's address is hashed. */
  | { readonly strategy: 'hash'; readonly on: 'client-address' | { readonly header: string } }

export interface HealthCheck {
  readonly path: string
  readonly intervalMs: number
  readonly timeoutMs: number
  /** Consecutive failures. */
  readonly unhealthyAfter: number
  /** Consecutive successes. */
  readonly healthyAfter: number
}

/** What is learned from traffic: `failures` among the last `window` answers of an instance take it out. */
export interface PassiveHealth {
  readonly failures: number
  readonly window: number
  /** Answers older than this no longer count. */
  readonly windowMs: number
  /** Out for this long the first time, doubling up to `ejectMsMax`; then a single probe request decides. */
  readonly ejectMs: number
  readonly ejectMsMax: number
  /** Which failures count. */
  readonly on: { readonly connect: boolean; readonly timeout: boolean; readonly serverError: boolean }
  /** A 429, or a 503 with `Retry-After`, pauses the instance for the time that it asks for. */
  readonly pauseOnRetryAfter: boolean
}

/**
 * How many requests an instance gets at a time, and how many wait for their turn. The nodes of one host divide both
 * evenly, rounded up; each counts its own.
 */
export interface ConcurrencyLimit {
  readonly perInstance: number
  /** Waiting requests of the service; above it 450. 0: nobody waits. */
  readonly queueSize: number
  /** After it a waiting request gets 503. */
  readonly queueTimeoutMs: number
}

export interface RetryPolicy {
  /** Further tries after the first one; 0 switches retries off. The retry budget applies besides. */
  readonly attempts: number
  /** True: a whole request may also be repeated after it was sent, when the answer is missing or 502, 503, 504. */
  readonly idempotent: boolean
}
