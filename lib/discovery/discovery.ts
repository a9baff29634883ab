import type { Clock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'

/** One address that answers for a service. */
export interface Endpoint {
  /** What is dialled: an IP address, without brackets. */
  readonly host: string
  readonly port: number
  /** What it is known as, for the `Host` header and SNI; null: its address. */
  readonly name: string | null
  readonly weight: number
}

/** What a source says, whole each time. A failure leaves the last list in force. */
export type DiscoveryUpdate =
  | { readonly kind: 'endpoints'; readonly endpoints: readonly Endpoint[] }
  /** In one line, safe to show: `The API server answers 403: services "x" is forbidden`. */
  | { readonly kind: 'failed'; readonly reason: string }

export interface DiscoveryTools {
  readonly clock: Clock
  readonly logger: Logger
  /** Whether an address may be dialled. Sources themselves are dialled under the same rule. */
  permits(address: string): boolean
}

/**
 * Follows one target until it is stopped; never throws, retries by itself with backoff and jitter. Telling the same
 * list again confirms it; whoever is told finds out what has changed.
 */
export type Discover<Target> = (
  target: Target,
  tools: DiscoveryTools,
  tell: (update: DiscoveryUpdate) => void,
) => () => void
