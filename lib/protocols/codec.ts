import type { ChatReply, ChatRequest, ProtocolFailure, StreamEvent, Usage } from './canonical.ts'
import type { DroppedFields } from './dropped-fields.ts'
import type { JsonObject } from './json.ts'

/** One wire format of chat. */
export type ChatFormat =
  | 'openai-chat'
  | 'openai-completions'
  | 'anthropic-messages'
  | 'gemini'
  | 'bedrock-converse'
  | 'dashscope'
  | 'hunyuan'
  | 'dify-chat'
  | 'dify-workflow'
  | 'model-studio-app'

export type EmbeddingFormat = 'openai-embeddings' | 'gemini-embeddings' | 'dashscope-embeddings'

export type WireFormat = ChatFormat | EmbeddingFormat

/** What a request says outside its body; only some formats put it there. */
export interface RequestHints {
  /** Gemini and Bedrock name the model in the path. */
  readonly model: string | null
  /** Gemini, Bedrock and DashScope ask for a stream in path or headers. */
  readonly stream: boolean
}

/** What an answer is made for. */
export interface AnswerContext {
  /** Unique; formats that need an id use it where the upstream gave none. */
  readonly requestId: string
  /** As the caller asked for it; used where the upstream names none. */
  readonly model: string
  /** Seconds since the epoch. */
  readonly now: number
  /** The caller wants usage within its stream. */
  readonly streamUsage: boolean
}

/**
 * A wire format as callers speak it. Reading throws `ProtocolError` on a body that the format does not allow, and never
 * anything else. What a writer cannot carry, it names in `dropped`.
 */
export interface CallerCodec {
  readonly format: ChatFormat
  readRequest(body: JsonObject, hints: RequestHints, dropped: DroppedFields): ChatRequest
  writeReply(reply: ChatReply, context: AnswerContext, dropped: DroppedFields): JsonObject
  writeFailure(failure: ProtocolFailure, requestId: string): JsonObject
  /** The HTTP status under which the format's clients know the failure; without it, the failure's own. */
  failureStatus?(failure: ProtocolFailure): number
  readonly framing: Framing
  streamWriter(context: AnswerContext, dropped: DroppedFields): StreamWriter
}

/** A wire format as services speak it. Reading and writing as in `CallerCodec`. */
export interface ServiceCodec {
  readonly format: ChatFormat
  /** The model and the wish to stream are left out where the format puts them elsewhere. */
  writeRequest(request: ChatRequest, dropped: DroppedFields): JsonObject
  readReply(body: JsonObject): ChatReply
  /** An answer with an error status, or one of 200 that holds an error. Never throws. */
  readFailure(status: number, body: unknown): ProtocolFailure
  /** The failure that an answer of 200 holds; null where it is a reply. */
  failureWithin(body: JsonObject): ProtocolFailure | null
  readonly framing: Framing
  streamReader(): StreamReader
}

/** Both sides of one wire format. Formats that only services speak (Hunyuan's own, agents) have no caller's side. */
export interface ChatCodec extends CallerCodec, ServiceCodec {}

/** How frames lie in bytes: server-sent events (WHATWG), or AWS event stream messages. */
export type Framing = 'sse' | 'aws-event-stream'

/** A server-sent event, or an AWS message: `event` is its `event:` field, its `:event-type` or `:exception-type`. */
export interface Frame {
  readonly event: string | null
  readonly data: string
}

/** A reducer: its state and the next frame give the next events. Throws `ProtocolError` on a frame that cannot be read. */
export interface StreamReader {
  read(frame: Frame): readonly StreamEvent[]
  /** The bytes have ended. Answers what was still owed; `error` and `end` when the stream broke off. */
  end(): readonly StreamEvent[]
}

/** The reducer of the other direction. Takes events in canonical order and answers frames, possibly none. */
export interface StreamWriter {
  write(event: StreamEvent): readonly Frame[]
}

export interface EmbeddingRequest {
  readonly model: string
  readonly inputs: ReadonlyArray<string | readonly number[]>
  readonly dimensions: number | null
  readonly encoding: 'float' | 'base64'
  readonly user: string | null
}

export interface EmbeddingReply {
  readonly model: string
  /** In the order of the inputs. */
  readonly vectors: ReadonlyArray<readonly number[] | string>
  readonly usage: Usage | null
}

/** As `ChatCodec`, for embeddings. */
export interface EmbeddingCodec {
  readonly format: EmbeddingFormat
  readRequest(body: JsonObject, hints: RequestHints, dropped: DroppedFields): EmbeddingRequest
  writeRequest(request: EmbeddingRequest, dropped: DroppedFields): JsonObject
  readReply(body: JsonObject, request: EmbeddingRequest): EmbeddingReply
  writeReply(reply: EmbeddingReply, context: AnswerContext): JsonObject
  readFailure(status: number, body: unknown): ProtocolFailure
  writeFailure(failure: ProtocolFailure, requestId: string): JsonObject
}
