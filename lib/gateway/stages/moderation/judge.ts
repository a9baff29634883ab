import type { EndpointFailurePolicy } from '@/lib/moderation/endpoint/endpoint-policy.ts'
import type { WindowOutcome } from '@/lib/moderation/endpoint/moderation-windows.ts'

/** Judges texts of one call, until it is left. */
export interface Judge {
  readonly onFailure: EndpointFailurePolicy
  /** What becomes of texts that come whole: passed only when all of them are. */
  whole(texts: readonly string[]): Promise<WindowOutcome>
  /** One question. */
  ask(texts: readonly string[]): Promise<WindowOutcome>
  /** Nothing goes on of what came to this. */
  blocks(outcome: WindowOutcome): boolean
  /** Nobody waits any more. */
  leave(): void
}
