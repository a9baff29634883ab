/**
 * What all chat protocols have in common, and the union of what they don't: every codec reads its wire format into
 * these shapes and writes them back. Absent is null, never undefined. Plain readonly data.
 */
import type { JsonObject } from './json.ts'

export interface ChatRequest {
  readonly model: string
  readonly messages: readonly Message[]
  readonly tools: readonly Tool[]
  readonly toolChoice: ToolChoice | null
  /** False: at most one tool call in an answer. */
  readonly parallelToolCalls: boolean | null
  readonly maxTokens: number | null
  readonly temperature: number | null
  readonly topP: number | null
  readonly topK: number | null
  readonly presencePenalty: number | null
  readonly frequencyPenalty: number | null
  readonly seed: number | null
  readonly stop: readonly string[]
  /** How many answers; null means one. */
  readonly choices: number | null
  readonly responseFormat: ResponseFormat | null
  readonly reasoning: Reasoning | null
  /** The caller's own name for its user. */
  readonly user: string | null
  readonly stream: boolean
  /** The caller wants usage within its stream, where its protocol lets it choose. */
  readonly streamUsage: boolean
}

export type Role = 'system' | 'user' | 'assistant' | 'tool'

/** Tool results are parts of a `tool` message. A system message may stand anywhere; most formats take it only first. */
export interface Message {
  readonly role: Role
  readonly parts: readonly Part[]
}

export type Part =
  | TextPart
  | ImagePart
  | FilePart
  | AudioPart
  | ToolCallPart
  | ToolResultPart
  | ReasoningPart
  | RedactedReasoningPart
  | RefusalPart

export interface TextPart {
  readonly type: 'text'
  readonly text: string
  /** A provider may keep what came up to here for later requests. */
  readonly cached?: boolean
}
export interface ImagePart {
  readonly type: 'image'
  readonly source: MediaSource
  readonly detail: 'auto' | 'low' | 'high' | null
}
export interface FilePart {
  readonly type: 'file'
  readonly source: MediaSource
  readonly name: string | null
}
export interface AudioPart {
  readonly type: 'audio'
  readonly source: MediaSource
}
export type MediaSource =
  | { readonly kind: 'url'; readonly url: string }
  /** Base64 without a `data:` prefix. */
  | { readonly kind: 'data'; readonly mediaType: string; readonly data: string }
export interface ToolCallPart {
  readonly type: 'tool-call'
  /** Codecs of formats without ids make them up, unique within the conversation. */
  readonly id: string
  readonly name: string
  /** JSON text, as the model wrote it; possibly not valid. */
  readonly arguments: string
  /** What must come back unchanged with the call (Gemini's thought signature). */
  readonly signature?: string
}
export interface ToolResultPart {
  readonly type: 'tool-result'
  readonly callId: string
  /** Of the tool; formats that know calls by name need it. */
  readonly name: string | null
  readonly parts: ReadonlyArray<TextPart | ImagePart>
  readonly isError: boolean
}
export interface ReasoningPart {
  readonly type: 'reasoning'
  readonly text: string
  readonly signature: string | null
}
export interface RedactedReasoningPart {
  readonly type: 'redacted-reasoning'
  readonly data: string
}
export interface RefusalPart {
  readonly type: 'refusal'
  readonly text: string
}

export interface Tool {
  readonly name: string
  readonly description: string | null
  /** JSON Schema. */
  readonly parameters: JsonObject
  readonly strict: boolean | null
}

export type ToolChoice =
  | { readonly type: 'auto' }
  | { readonly type: 'none' }
  | { readonly type: 'required' }
  | { readonly type: 'tool'; readonly name: string }

export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json' }
  | {
      readonly type: 'json-schema'
      readonly name: string
      readonly schema: JsonObject
      readonly strict: boolean | null
    }

export interface Reasoning {
  /** Null: the model's default. */
  readonly enabled: boolean | null
  readonly effort: 'minimal' | 'low' | 'medium' | 'high' | null
  readonly budgetTokens: number | null
}

export interface ChatReply {
  readonly id: string
  /** The model that answered. */
  readonly model: string
  /** Seconds since the epoch; null where the format has none. */
  readonly createdAt: number | null
  readonly choices: readonly Choice[]
  readonly usage: Usage | null
}

export interface Choice {
  readonly index: number
  /** Of the assistant: text, reasoning, refusals, tool calls. */
  readonly parts: readonly Part[]
  readonly stop: Stop | null
}

export interface Stop {
  readonly reason: StopReason
  /** Of `stop-sequence`: which one. */
  readonly sequence: string | null
}

export type StopReason =
  | 'end'
  | 'length'
  | 'stop-sequence'
  | 'tool-calls'
  | 'content-filter'
  | 'refusal'
  | 'pause'
  | 'other'

/** Tokens. `input` counts everything that was read, cached or not, however the provider counts. */
export interface Usage {
  readonly input: number | null
  readonly output: number | null
  /** Of `input`: read from a cache. */
  readonly cachedInput: number | null
  /** Of `input`: written to a cache. */
  readonly cacheWriteInput: number | null
  /** Of `output`: reasoning. */
  readonly reasoning: number | null
}

/**
 * One step of a streamed answer, in this order: `start`, then content of any choice, one `stop` for each choice, `end`.
 * `usage` may come at any time after `start`: the last one counts. `error` may come at any time and is the last but
 * `end`. A tool call begins with `tool-call`; its arguments follow in pieces; `index` counts the calls of a choice from 0.
 */
export type StreamEvent =
  | {
      readonly type: 'start'
      readonly id: string
      readonly model: string
      readonly createdAt: number | null
    }
  | { readonly type: 'text'; readonly choice: number; readonly text: string }
  | { readonly type: 'reasoning'; readonly choice: number; readonly text: string }
  | { readonly type: 'reasoning-signature'; readonly choice: number; readonly signature: string }
  | { readonly type: 'redacted-reasoning'; readonly choice: number; readonly data: string }
  | { readonly type: 'refusal'; readonly choice: number; readonly text: string }
  | {
      readonly type: 'tool-call'
      readonly choice: number
      readonly index: number
      readonly id: string
      readonly name: string
      readonly signature?: string
    }
  | {
      readonly type: 'tool-arguments'
      readonly choice: number
      readonly index: number
      readonly text: string
    }
  | { readonly type: 'stop'; readonly choice: number; readonly stop: Stop }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'error'; readonly failure: ProtocolFailure }
  | { readonly type: 'end' }

export type FailureKind =
  | 'invalid-request'
  | 'authentication'
  | 'permission'
  | 'not-found'
  | 'too-large'
  | 'rate-limit'
  | 'quota'
  | 'content-filter'
  | 'overloaded'
  | 'timeout'
  | 'upstream'

/** An error as providers tell it. */
export interface ProtocolFailure {
  readonly kind: FailureKind
  /** HTTP status; of an error within a stream, the one that fits. */
  readonly status: number
  readonly message: string
  /** The provider's own code. */
  readonly code: string | null
  readonly param: string | null
}

export const noUsage: Usage = {
  input: null,
  output: null,
  cachedInput: null,
  cacheWriteInput: null,
  reasoning: null,
}
