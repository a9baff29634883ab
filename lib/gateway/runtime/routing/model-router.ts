import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import type { MetricsObjective, TargetMetrics } from '@/lib/gateway/runtime/routing/target-metrics.ts'
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

/** Late; no answer, or one that is an error; none of the intents; asked too often at once. */
export type ClassifierProblem =
  | 'classifier_timed_out'
  | 'classifier_failed'
  | 'classifier_unclear'
  | 'classifier_busy'

/** Why a request went where it went, for records and testers. Positions begin at 0. */
export type RouteReason =
  | { readonly mode: 'single' }
  /** To the service that has what the request is about. */
  | { readonly mode: 'affinity' }
  /** `rule` is null where the default was taken. */
  | { readonly mode: 'model-name'; readonly rule: number | null; readonly pattern: string | null }
  | { readonly mode: 'weight'; readonly position: number; readonly weight: number }
  | { readonly mode: 'metrics'; readonly position: number; readonly objective: MetricsObjective }
  /** `intent` is null where the classifier is not sure or could not tell. `isDefault`: no target is set for it. */
  | {
      readonly mode: 'intent'
      readonly classifier: 'local' | 'model'
      readonly intent: string | null
      /** Null: a model tells none. */
      readonly confidence: number | null
      readonly isDefault: boolean
      /** Why a model told none. */
      readonly problem: ClassifierProblem | null
    }

/** What a classifier that was asked has told. */
export interface ToldIntent {
  /** Null: none. */
  readonly intent: string | null
  /** Why it told none; null: it told one, or there was nothing to ask about. */
  readonly problem: ClassifierProblem | null
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
