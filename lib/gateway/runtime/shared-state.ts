import type { PermitSource } from '@/lib/counters/permit-source.ts'
import { RateWindows } from '@/lib/counters/rate-windows.ts'
import { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import { KeyRings } from '@/lib/gateway/runtime/keys/key-rings.ts'
import { UpstreamNews } from '@/lib/gateway/runtime/upstream-news.ts'
import { UpstreamPools } from '@/lib/gateway/upstream/upstream-pools.ts'
import type { Clock } from '@/lib/platform/clock.ts'

/** What outlives a single runtime. */
export interface SharedState {
  readonly clock: Clock
  readonly pools: UpstreamPools
  readonly instances: InstanceRegistry
  readonly windows: RateWindows
  /** What is known about the keys of services of the AI gateway. */
  readonly keyRings: KeyRings
  /** What reports have to tell about these services. */
  readonly upstreamNews: UpstreamNews
}

/** `permits`: where limits are counted together with other nodes; null: alone. */
export function createSharedState(clock: Clock, permits: PermitSource | null = null): SharedState {
  const upstreamNews = new UpstreamNews()
  return {
    clock,
    pools: new UpstreamPools(),
    instances: new InstanceRegistry(clock),
    windows: new RateWindows(clock, permits),
    keyRings: new KeyRings(clock, upstreamNews),
    upstreamNews,
  }
}
