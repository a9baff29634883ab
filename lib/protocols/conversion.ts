import type { AnswerFilter } from './answer-filter.ts'
import type { AnswerStream } from './answer-stream.ts'
import type { ChatRequest, ProtocolFailure, Usage } from './canonical.ts'
import type {
  AnswerContext,
  CallerCodec,
  EmbeddingCodec,
  EmbeddingRequest,
  RequestHints,
  ServiceCodec,
} from './codec.ts'
import { ConvertedStream, type StreamParts } from './converted-stream.ts'
import { DroppedFields } from './dropped-fields.ts'
import { type FrameEncoder, frameEncoderOf } from './framing/frame-encoder.ts'
import type { JsonObject } from './json.ts'
import { ObservedStream } from './observed-stream.ts'
import { readStreamEnding, type StreamEnding } from './stream-ending.ts'
import { toBase64, toNumbers, type Vector } from './vector-encoding.ts'

export interface ConvertedRequest {
  readonly body: JsonObject
  readonly request: ChatRequest
  /** By the caller's names. */
  readonly dropped: readonly string[]
}

export interface ConvertedReply {
  readonly body: JsonObject
  readonly usage: Usage | null
  readonly dropped: readonly string[]
  /** Set: the answer of 200 held an error, and `body` is that error as the caller's protocol tells it. */
  readonly failure: ProtocolFailure | null
}

export interface ConvertedFailure {
  /** As the caller's protocol tells such an error. */
  readonly status: number
  readonly body: JsonObject
  readonly failure: ProtocolFailure
}

/** How calls of one caller's format reach a service of another. Prepared once for each route; keeps nothing of a call. */
export class ChatConversion {
  readonly caller: CallerCodec
  readonly service: ServiceCodec
  /** Both sides speak the same format: bodies and streams may go as they are. */
  readonly isRelay: boolean
  readonly #encode: FrameEncoder
  readonly #parts: StreamParts

  constructor(caller: CallerCodec, service: ServiceCodec) {
    this.caller = caller
    this.service = service
    this.isRelay = caller.format === service.format
    this.#encode = frameEncoderOf(caller.framing)
    this.#parts = { service, caller, encode: this.#encode }
  }

  /** `model` replaces the caller's. Throws `ProtocolError` on a body that the caller's format does not allow. */
  request(body: JsonObject, hints: RequestHints, model: string | null): ConvertedRequest {
    const dropped = new DroppedFields()
    const read = this.caller.readRequest(body, hints, dropped)
    const request = model === null ? read : { ...read, model }
    return { body: this.service.writeRequest(request, dropped), request, dropped: dropped.names }
  }

  /**
   * An answer of 200. Throws `ProtocolError` on a body that is no answer of the service's format. With a filter it is
   * written anew also where both formats are the same.
   */
  reply(body: JsonObject, context: AnswerContext, filter: AnswerFilter | null = null): ConvertedReply {
    const failure = this.service.failureWithin(body)
    if (failure !== null) {
      const written = this.caller.writeFailure(failure, context.requestId)
      return { body: written, usage: null, dropped: [], failure }
    }
    const reply = this.service.readReply(body)
    if (this.isRelay && filter === null) return { body, usage: reply.usage, dropped: [], failure: null }
    const dropped = new DroppedFields()
    const passed = filter === null ? reply : filter.reply(reply)
    const written = this.caller.writeReply(passed, context, dropped)
    return { body: written, usage: reply.usage, dropped: dropped.names, failure: null }
  }

  /** An answer with an error status; `body` is what its JSON held, whatever that is. */
  failure(status: number, body: unknown, requestId: string): ConvertedFailure {
    return this.told(this.service.readFailure(status, body), requestId)
  }

  /** An error as the caller's protocol tells it. */
  told(failure: ProtocolFailure, requestId: string): ConvertedFailure {
    return {
      status: this.caller.failureStatus?.(failure) ?? failure.status,
      body: this.caller.writeFailure(failure, requestId),
      failure,
    }
  }

  /** Of the same format on both sides, the bytes go as they are and are only read along, unless there is a filter. */
  stream(context: AnswerContext, filter: AnswerFilter | null = null): AnswerStream {
    if (this.isRelay && filter === null) return new ObservedStream(this.service)
    return new ConvertedStream(this.#parts, context, filter)
  }

  /** How a stream that has been relayed ended, by its last bytes. */
  ending(tail: Buffer): StreamEnding {
    return readStreamEnding(this.service, tail)
  }

  /** An error within a stream, as the caller's protocol tells it. */
  errorEvent(failure: ProtocolFailure, context: AnswerContext): Buffer {
    const writer = this.caller.streamWriter(context, new DroppedFields())
    return this.#encode(writer.write({ type: 'error', failure }))
  }
}

export interface ConvertedEmbeddingRequest {
  readonly body: JsonObject
  readonly request: EmbeddingRequest
  readonly dropped: readonly string[]
}

export interface ConvertedEmbeddingReply {
  readonly body: JsonObject
  readonly usage: Usage | null
}

/** As `ChatConversion`, for embeddings. */
export class EmbeddingConversion {
  readonly caller: EmbeddingCodec
  readonly service: EmbeddingCodec
  readonly isRelay: boolean

  constructor(caller: EmbeddingCodec, service: EmbeddingCodec) {
    this.caller = caller
    this.service = service
    this.isRelay = caller.format === service.format
  }

  request(body: JsonObject, hints: RequestHints, model: string | null): ConvertedEmbeddingRequest {
    const dropped = new DroppedFields()
    const read = this.caller.readRequest(body, hints, dropped)
    const request = model === null ? read : { ...read, model }
    return { body: this.service.writeRequest(request, dropped), request, dropped: dropped.names }
  }

  /** `request` is what `request` answered: vectors come in the encoding it asks for, whatever the service sent. */
  reply(body: JsonObject, request: EmbeddingRequest, context: AnswerContext): ConvertedEmbeddingReply {
    const reply = this.service.readReply(body, request)
    if (this.isRelay) return { body, usage: reply.usage }
    const encode: (vector: Vector) => Vector = request.encoding === 'base64' ? toBase64 : toNumbers
    const vectors = reply.vectors.map(encode)
    return { body: this.caller.writeReply({ ...reply, vectors }, context), usage: reply.usage }
  }

  failure(status: number, body: unknown, requestId: string): ConvertedFailure {
    return this.told(this.service.readFailure(status, body), requestId)
  }

  told(failure: ProtocolFailure, requestId: string): ConvertedFailure {
    return { status: failure.status, body: this.caller.writeFailure(failure, requestId), failure }
  }
}
