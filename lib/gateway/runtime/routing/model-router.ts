import type { RouteReason, ToldIntent } from '@/lib/domain/route-reason.ts'
import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import type { TargetMetrics } from '@/lib/gateway/runtime/routing/target-metrics.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { RollupSlot } from '@/lib/gateway/stages/observe/rollup-slot.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** A service of the snapshot, and the model that it is asked for. */
export interface RoutedTarget {
  readonly service: UpstreamServiceRuntime
  /** Null: as the caller names it. */
  readonly model: string | null
  /** Where the API's requests that it answers are summed up. */
  readonly rollups: RollupSlot
}

export interface RouteChoice extends RoutedTarget {
  readonly reason: RouteReason
  /** Which of the router's metered targets it is; null: none is metered. */
  readonly metered: number | null
}

export interface RouteQuestion {
  /** As the caller names it; null where it names none. */
  readonly model: string | null
  readonly body: JsonObject
  /** Null: of an operation that has none. */
  readonly format: CallerFormat | null
  /** It names none because its operation takes none. Default: false. */
  readonly hasNoModel?: boolean
  /** By the model that tells intents apart; null or absent: none does. */
  readonly told?: ToldIntent | null
}

/** Chooses among the targets of one Model API. */
export interface ModelRouter {
  /** Null unless it routes by metrics. */
  readonly metrics: TargetMetrics | null
  /** Every service that it may choose. */
  readonly services: readonly UpstreamServiceRuntime[]
  /** `now`: ms, by a clock that never goes back. Throws `model_not_routed`. */
  choose(question: RouteQuestion, now: number): RouteChoice
}
