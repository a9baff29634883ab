import type { RateWindow } from '@/lib/counters/rate-window.ts'
import type { RateWindows } from '@/lib/counters/rate-windows.ts'

/** Whose limit it is. */
export type RateLimitKind = 'token' | 'service' | 'gateway'

/** A limit as one snapshot has it, over a window that outlives snapshots. */
export interface RateLimit {
  readonly kind: RateLimitKind
  readonly requestsPerSecond: number
  readonly window: RateWindow
}

/** Null without a limit. What it takes of `windows`, it adds to `releases`. */
export function createRateLimit(
  windows: RateWindows,
  kind: RateLimitKind,
  id: string,
  requestsPerSecond: number | null,
  releases: Array<() => void>,
): RateLimit | null {
  if (requestsPerSecond === null) return null
  const key = `${kind} ${id}`
  const window = windows.acquire(key)
  releases.push(() => windows.release(key))
  return { kind, requestsPerSecond, window }
}
