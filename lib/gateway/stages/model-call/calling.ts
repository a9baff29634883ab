import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { MatchedOperation } from '@/lib/gateway/stages/match/match-operation.ts'
import type { HeldBytes } from '@/lib/gateway/stages/model-call/held-bytes.ts'
import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { Clock } from '@/lib/platform/clock.ts'

/** What the calls of one request share. */
export interface Calling {
  readonly runtime: Runtime
  readonly operation: MatchedOperation
  readonly observation: Observation
  readonly notes: ModelCallNotes
  readonly held: HeldBytes
  readonly clock: Clock
  /** The body as the caller sent it. */
  readonly bytes: Buffer
  /** Makes who judges one answer; null: nobody does. */
  readonly judgeReply: (() => Judge) | null
}
