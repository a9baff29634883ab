import type { Usage } from '@/lib/protocols/canonical.ts'
import type {
  AnswerContext,
  EmbeddingCodec,
  EmbeddingReply,
  EmbeddingRequest,
  RequestHints,
} from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'
import {
  numberOf,
  objectsOf,
  present,
  readNumber,
  readString,
  requireString,
  textOf,
} from '@/lib/protocols/json-reading.ts'
import { readOpenAiFailure, writeOpenAiFailure } from '@/lib/protocols/openai-chat/failure.ts'
import { readUsage } from '@/lib/protocols/openai-chat/usage.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'

/** OpenAI's `/v1/embeddings`. */
export const openaiEmbeddings: EmbeddingCodec = {
  format: 'openai-embeddings',
  readRequest,
  writeRequest,
  readReply,
  writeReply,
  readFailure: readOpenAiFailure,
  writeFailure: writeOpenAiFailure,
}

const known = new Set(['model', 'input', 'dimensions', 'encoding_format', 'user'])

function readRequest(body: JsonObject, hints: RequestHints, dropped: DroppedFields): EmbeddingRequest {
  for (const [name, value] of Object.entries(body)) {
    if (!known.has(name) && (value ?? null) !== null) dropped.add(name)
  }
  const encoding = readString(body, 'encoding_format') ?? 'float'
  if (encoding !== 'float' && encoding !== 'base64') {
    throw new ProtocolError('encoding_format must be "float" or "base64".', 'encoding_format')
  }
  return {
    model: hints.model ?? requireString(body, 'model'),
    inputs: readInputs(body['input']),
    dimensions: readNumber(body, 'dimensions'),
    encoding,
    user: readString(body, 'user'),
  }
}

/** A text, tokens, or a list of either. */
function readInputs(input: JsonValue | undefined): EmbeddingRequest['inputs'] {
  if (typeof input === 'string') return [input]
  if (isTokens(input)) return [input]
  if (
    Array.isArray(input) &&
    input.length > 0 &&
    input.every((item) => typeof item === 'string' || isTokens(item))
  ) {
    return input
  }
  throw new ProtocolError('input must be a text, a list of tokens, or a list of either.', 'input')
}

function isTokens(value: JsonValue | undefined): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number')
}

function writeRequest(request: EmbeddingRequest): JsonObject {
  const { model, inputs, dimensions, encoding, user } = request
  const [only, ...more] = inputs
  return present({
    model,
    input: more.length === 0 && only !== undefined ? only : inputs,
    dimensions,
    encoding_format: encoding,
    user,
  })
}

function readReply(body: JsonObject): EmbeddingReply {
  const told = objectsOf(body['data'])
  if (!Array.isArray(body['data'])) throw new ProtocolError('The answer holds no vectors.', 'data')
  const vectors: Array<readonly number[] | string> = []
  for (const [position, { index, embedding }] of told.entries()) {
    if (typeof embedding !== 'string' && !isTokens(embedding)) {
      throw new ProtocolError(`data[${position}].embedding is no vector.`, `data[${position}].embedding`)
    }
    vectors[placeOf(index, position, told.length)] = embedding
  }
  if (Object.keys(vectors).length < told.length) {
    throw new ProtocolError('The answer holds two vectors of one index.', 'data')
  }
  return { model: textOf(body['model']) ?? '', vectors, usage: usageOf(body) }
}

function placeOf(index: JsonValue | undefined, position: number, count: number): number {
  const place = numberOf(index) ?? position
  if (Number.isInteger(place) && place >= 0 && place < count) return place
  throw new ProtocolError(`data[${position}].index is out of range.`, `data[${position}].index`)
}

/** Vectors cost no output. */
function usageOf(body: JsonObject): Usage | null {
  const usage = readUsage(body)
  return usage === null ? null : { ...usage, output: usage.output ?? 0 }
}

function writeReply(reply: EmbeddingReply, context: AnswerContext): JsonObject {
  const tokens = reply.usage?.input ?? 0
  return {
    object: 'list',
    data: reply.vectors.map((embedding, index) => ({ object: 'embedding', index, embedding })),
    model: reply.model || context.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }
}
