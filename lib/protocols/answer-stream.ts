import type { ProtocolFailure, Usage } from './canonical.ts'

/** The answer of one call while it streams. Nothing here throws: what cannot be read becomes the stream's failure. */
export interface AnswerStream {
  /** What to send on; null: nothing yet. */
  push(chunk: Buffer): Buffer | null
  /** The upstream's bytes have ended. */
  end(): Buffer | null
  /** What was held back and is let go now; null: nothing is. */
  released?(): Buffer | null
  /** The last that was told; null: none was. */
  readonly usage: Usage | null
  /** An error within the stream, or that it broke off. */
  readonly failure: ProtocolFailure | null
  /** A token has come. */
  readonly hasContent: boolean
  /** The answer is complete or failed: what else may come is left out. */
  readonly isDone: boolean
  readonly dropped: readonly string[]
  /** It is done before the service is, which need not go on. */
  readonly isCut: boolean
}
