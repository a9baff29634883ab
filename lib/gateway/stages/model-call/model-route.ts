import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { MatchedOperation } from '@/lib/gateway/stages/match/match-operation.ts'

/** A request and one of the targets that its Model API may route it to. */
export interface ModelRoute extends MatchedOperation {
  readonly service: UpstreamServiceRuntime
  /** What the service is asked for; null: as the caller names it. */
  readonly model: string | null
  /** Another target is asked where this one does not answer well. */
  readonly hasNext: boolean
}
