/** `ready`: `take` may follow at once. `exhausted`: refuse. `unknown`: await `refill`, then ask again. */
export type Verdict = 'ready' | 'exhausted' | 'unknown'

/**
 * Admissions of one key over a sliding window: never more than the limit within any `windowMs`, as exact as the slots
 * it is counted in. The counts outlive changes of the limit, so the limit comes with each question.
 */
export interface RateWindow {
  /** May one more be admitted? Times are milliseconds since the epoch. */
  check(limit: number, now: number): Verdict
  /** Counts one admission. Only right after `check` said `ready`, in the same turn. */
  take(now: number): void
  /** Resolves when `check` may say something else than `unknown`; never rejects. */
  refill(limit: number, now: number): Promise<void>
  /** After how long another one may be admitted. Milliseconds, more than 0. */
  retryAfterMs(now: number): number
}

export const windowMsDefault = 1_000
