import type { ChatReply, StreamEvent } from './canonical.ts'

/** Stands between what a service answers and what its caller is written, for one answer. */
export interface AnswerFilter {
  reply(reply: ChatReply): ChatReply
  /** What is to be written now; nothing after `end`. */
  pass(event: StreamEvent): readonly StreamEvent[]
  /** Of a filter that holds events back until it knows more: what it has let go since. Absent: it never does. */
  released?(): readonly StreamEvent[]
  /** It ended the stream before the service did. */
  readonly hasCut: boolean
}
