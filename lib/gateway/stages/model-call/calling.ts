import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { MatchedOperation } from '@/lib/gateway/stages/match/match-operation.ts'
import type { HeldBytes } from '@/lib/gateway/stages/model-call/held-bytes.ts'
import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { Clock } from '@/lib/platform/clock.ts'

/** A request to an operation of a Model API, on its way through the stages. */
export interface ApiCall {
  readonly runtime: Runtime
  readonly operation: MatchedOperation
  readonly observation: Observation
  readonly notes: ModelCallNotes
  readonly held: HeldBytes
  readonly clock: Clock
}

/** What the calls of one request to services share. */
export interface Calling extends ApiCall {
  /** The body as the caller sent it, and moderation left it. */
  readonly bytes: Buffer
  /** Makes who judges one answer; null: nobody does. */
  readonly judgeReply: (() => Judge) | null
}
