import type { Discover, DiscoveryUpdate } from '@/lib/discovery/discovery.ts'
import { endpointKey, tidyEndpoints } from '@/lib/discovery/tidy-endpoints.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import { createLogger } from '@/lib/platform/logger.ts'

export interface Followed {
  /** In words: `10.0.0.1:80 10.0.0.2:80`; null: never told. */
  readonly endpoints: string | null
  /** Of the last update, where it was a failure. */
  readonly failure: string | null
  readonly updates: DiscoveryUpdate[]
  stop(): void
}

/** Runs a discovery and remembers what it told. */
export function follow<Target>(
  discover: Discover<Target>,
  target: Target,
  permits: (address: string) => boolean = () => true,
): Followed {
  const updates: DiscoveryUpdate[] = []
  const tools = { clock: systemClock, logger: createLogger('test', 'silent'), permits }
  const stop = discover(target, tools, (update) => updates.push(update))
  return {
    updates,
    stop,
    get endpoints() {
      const last = updates.findLast((update) => update.kind === 'endpoints')
      if (last?.kind !== 'endpoints') return null
      return tidyEndpoints(last.endpoints).map(inWords).join(' ')
    },
    get failure() {
      const last = updates.at(-1)
      return last?.kind === 'failed' ? last.reason : null
    },
  }
}

function inWords(endpoint: Parameters<typeof endpointKey>[0]): string {
  return endpoint.weight === 1 ? endpointKey(endpoint) : `${endpointKey(endpoint)}*${endpoint.weight}`
}
