import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import type { PreparedModeration } from '@/lib/gateway/runtime/prepared-moderation.ts'
import type { FormatPlan } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import { JudgedReply } from '@/lib/gateway/stages/moderation/judged-reply.ts'
import { ReplyModeration } from '@/lib/gateway/stages/moderation/reply-moderation.ts'
import { ReplyTexts, refusedReply } from '@/lib/gateway/stages/moderation/reply-texts.ts'
import type { AnswerStream } from '@/lib/protocols/answer-stream.ts'
import type { ProtocolFailure, Usage } from '@/lib/protocols/canonical.ts'
import type { AnswerContext, ChatFormat, EmbeddingRequest } from '@/lib/protocols/codec.ts'
import { callerCodecOf, embeddingCodecOf, isEmbeddingFormat, serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { ChatConversion, type ConvertedFailure, EmbeddingConversion } from '@/lib/protocols/conversion.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

export interface ReadReply {
  readonly body: JsonObject
  readonly usage: Usage | null
  readonly dropped: readonly string[]
  /** Set: the answer of 200 held an error. */
  readonly failure: ProtocolFailure | null
}

export interface ReadStream {
  readonly stream: AnswerStream
  /** Null: nothing is held back. */
  readonly judged: JudgedReply | null
}

/** How the answer of one call is read, and told to its caller. */
export interface CallReading {
  /** Answers go to the caller as they are, and are only read along. */
  readonly isRelay: boolean
  /** Null for formats that do not stream. `judge`: where texts are held against rules, and judged as well. */
  stream(context: AnswerContext, judge?: Judge | null): ReadStream | null
  /** Throws `ProtocolError` on what is no answer. `isRefused`: nothing is left of its texts. */
  reply(body: JsonObject, context: AnswerContext, isRefused?: boolean): ReadReply
  /** What there is to judge of an answer, after the rules. */
  texts?(body: JsonObject, context: AnswerContext): readonly string[]
  /** `body` is what the JSON of an answer with an error status held, whatever that is. */
  failure(status: number, body: unknown, requestId: string): ConvertedFailure
  told(failure: ProtocolFailure, requestId: string): ConvertedFailure
  /** Of formats that stream: how a relayed stream ended, and an error that is added to one. */
  readonly events: Pick<ChatConversion, 'ending' | 'errorEvent'> | null
  /** The same with its texts held against rules; of formats without texts, itself. */
  moderated(moderation: PreparedModeration): CallReading
}

class ChatReading implements CallReading {
  readonly #conversion: ChatConversion

  constructor(conversion: ChatConversion) {
    this.#conversion = conversion
  }

  get isRelay(): boolean {
    return this.#conversion.isRelay
  }

  get events(): ChatConversion {
    return this.#conversion
  }

  stream(context: AnswerContext): ReadStream {
    return { stream: this.#conversion.stream(context), judged: null }
  }

  reply(body: JsonObject, context: AnswerContext): ReadReply {
    if (!this.isRelay) return this.#conversion.reply(body, context)
    // What else it says is between the service and its caller.
    return { body, usage: null, dropped: [], failure: this.#conversion.service.failureWithin(body) }
  }

  failure(status: number, body: unknown, requestId: string): ConvertedFailure {
    return this.#conversion.failure(status, body, requestId)
  }

  told(failure: ProtocolFailure, requestId: string): ConvertedFailure {
    return this.#conversion.told(failure, requestId)
  }

  moderated(moderation: PreparedModeration): CallReading {
    return new ModeratedReading(this.#conversion, moderation)
  }
}

/** What a service answers is read and written anew, so that nothing passes that was not looked at. */
class ModeratedReading implements CallReading {
  readonly isRelay = false
  readonly events = null
  readonly #conversion: ChatConversion
  readonly #moderation: PreparedModeration

  constructor(conversion: ChatConversion, moderation: PreparedModeration) {
    this.#conversion = conversion
    this.#moderation = moderation
  }

  stream(context: AnswerContext, judge: Judge | null = null): ReadStream {
    const rules = this.#filter()
    const judged = judge === null ? null : new JudgedReply(rules, judge)
    return { stream: this.#conversion.stream(context, judged ?? rules), judged }
  }

  reply(body: JsonObject, context: AnswerContext, isRefused = false): ReadReply {
    return this.#conversion.reply(body, context, isRefused ? refusedReply : this.#filter())
  }

  texts(body: JsonObject, context: AnswerContext): readonly string[] {
    const reading = new ReplyTexts(this.#filter())
    this.#conversion.reply(body, context, reading)
    return reading.texts
  }

  failure(status: number, body: unknown, requestId: string): ConvertedFailure {
    return this.#conversion.failure(status, body, requestId)
  }

  told(failure: ProtocolFailure, requestId: string): ConvertedFailure {
    return this.#conversion.told(failure, requestId)
  }

  moderated(): CallReading {
    return this
  }

  #filter(): ReplyModeration {
    return new ReplyModeration(this.#moderation.list, this.#conversion.caller.format === 'anthropic-messages')
  }
}

class EmbeddingReading implements CallReading {
  readonly events = null
  readonly #conversion: EmbeddingConversion
  /** Null where answers are relayed. */
  readonly #request: EmbeddingRequest | null

  constructor(conversion: EmbeddingConversion, request: EmbeddingRequest | null) {
    this.#conversion = conversion
    this.#request = request
  }

  get isRelay(): boolean {
    return this.#request === null
  }

  stream(): null {
    return null
  }

  reply(body: JsonObject, context: AnswerContext): ReadReply {
    if (this.#request === null) return { body, usage: null, dropped: [], failure: null }
    return { ...this.#conversion.reply(body, this.#request, context), dropped: [], failure: null }
  }

  failure(status: number, body: unknown, requestId: string): ConvertedFailure {
    return this.#conversion.failure(status, body, requestId)
  }

  told(failure: ProtocolFailure, requestId: string): ConvertedFailure {
    return this.#conversion.told(failure, requestId)
  }

  moderated(): CallReading {
    return this
  }
}

/** `embeddings`: the request that was converted; null where none was. */
export function readingOf(plan: FormatPlan, embeddings: EmbeddingRequest | null): CallReading {
  if (plan.embedding !== null) return new EmbeddingReading(plan.embedding, embeddings)
  return new ChatReading(plan.conversion)
}

const relayReadings = new Map<CallerFormat, CallReading>()

/** For services that answer in the caller's own format. */
export function relayReading(format: CallerFormat): CallReading {
  const known = relayReadings.get(format)
  if (known !== undefined) return known
  const reading = isEmbeddingFormat(format)
    ? new EmbeddingReading(new EmbeddingConversion(embeddingCodecOf(format), embeddingCodecOf(format)), null)
    : new ChatReading(new ChatConversion(callerCodecOf(format), serviceCodecOf(format as ChatFormat)))
  relayReadings.set(format, reading)
  return reading
}
