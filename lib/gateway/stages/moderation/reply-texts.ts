import type { ReplyModeration } from '@/lib/gateway/stages/moderation/reply-moderation.ts'
import type { AnswerFilter } from '@/lib/protocols/answer-filter.ts'
import type { ChatReply } from '@/lib/protocols/canonical.ts'

/** Reads what there is to judge of an answer in one piece, as the rules have left it. */
export class ReplyTexts implements AnswerFilter {
  readonly hasCut = false
  texts: readonly string[] = []
  readonly #rules: ReplyModeration

  constructor(rules: ReplyModeration) {
    this.#rules = rules
  }

  reply(reply: ChatReply): ChatReply {
    const moderated = this.#rules.reply(reply)
    this.texts = moderated.choices.map(({ parts }) =>
      parts
        .flatMap((part) =>
          part.type === 'text' || part.type === 'reasoning' || part.type === 'refusal' ? [part.text] : [],
        )
        .join(''),
    )
    return moderated
  }

  pass(): [] {
    return []
  }
}

/** Of an answer whose texts were refused no choice has anything left. */
export const refusedReply: AnswerFilter = {
  hasCut: true,
  reply: (reply) => ({
    ...reply,
    choices: reply.choices.map(({ index }) => ({
      index,
      parts: [],
      stop: { reason: 'content-filter', sequence: null },
    })),
  }),
  pass: () => [],
}
