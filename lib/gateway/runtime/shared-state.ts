import type { RateWindows } from '@/lib/counters/rate-windows.ts'
import type { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import type { UpstreamPools } from '@/lib/gateway/upstream/upstream-pools.ts'

/** What outlives a single runtime. */
export interface SharedState {
  readonly pools: UpstreamPools
  readonly instances: InstanceRegistry
  readonly windows: RateWindows
}
