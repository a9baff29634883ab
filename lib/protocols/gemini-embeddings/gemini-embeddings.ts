import type {
  AnswerContext,
  EmbeddingCodec,
  EmbeddingReply,
  EmbeddingRequest,
  RequestHints,
} from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { camelKeys } from '@/lib/protocols/gemini/camel-keys.ts'
import { readGoogleFailure, writeGoogleFailure } from '@/lib/protocols/gemini/failure.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import {
  numberOf,
  objectOf,
  objectsOf,
  readNumber,
  readObject,
  readObjects,
  requireString,
  textOf,
} from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'

/**
 * Gemini API: `batchEmbedContents`, whatever the number of inputs. A body of `embedContent` is read as a batch of one.
 */
export const geminiEmbeddings: EmbeddingCodec = {
  format: 'gemini-embeddings',
  readRequest,
  writeRequest,
  readReply,
  writeReply,
  readFailure: readGoogleFailure,
  writeFailure: writeGoogleFailure,
}

function writeRequest(request: EmbeddingRequest, dropped: DroppedFields): JsonObject {
  if (request.user !== null) dropped.add('user')
  const model = request.model.includes('/') ? request.model : `models/${request.model}`
  return {
    requests: request.inputs.map((input, index) => {
      if (typeof input !== 'string') throw tokensRefused(`input[${index}]`)
      const entry: JsonObject = { model, content: { parts: [{ text: input }] } }
      if (request.dimensions !== null) entry['outputDimensionality'] = request.dimensions
      return entry
    }),
  }
}

function tokensRefused(param: string): ProtocolError {
  return new ProtocolError(
    `${param} holds token numbers, which this model does not take: send text instead.`,
    param,
  )
}

function readRequest(body: JsonObject, hints: RequestHints, dropped: DroppedFields): EmbeddingRequest {
  const isBatch = body['requests'] !== undefined
  const entries = isBatch ? readObjects(body, 'requests') : [body]
  if (entries.length === 0) throw new ProtocolError('requests is empty.', 'requests')
  const read = entries.map((entry, index) =>
    readEntry(camelKeys(entry), isBatch ? `requests[${index}]` : '', dropped),
  )
  const named = textOf(entries[0]?.['model'])?.replace(/^models\//, '')
  return {
    model: hints.model ?? named ?? '',
    inputs: read.map(({ text }) => text),
    dimensions: read[0]?.dimensions ?? null,
    encoding: 'float',
    user: null,
  }
}

const known = new Set(['model', 'content', 'outputDimensionality'])

function readEntry(
  entry: JsonObject,
  path: string,
  dropped: DroppedFields,
): { readonly text: string; readonly dimensions: number | null } {
  for (const key of Object.keys(entry)) if (!known.has(key)) dropped.add(key)
  const content = readObject(entry, 'content', path)
  if (content === null) throw new ProtocolError('content is missing.', 'content')
  const at = path === '' ? 'content' : `${path}.content`
  const texts = readObjects(content, 'parts', at).map((part, index) =>
    requireString(part, 'text', `${at}.parts[${index}]`),
  )
  return { text: texts.join(''), dimensions: readNumber(entry, 'outputDimensionality', path) }
}

function readReply(body: JsonObject, request: EmbeddingRequest): EmbeddingReply {
  const single = body['embedding']
  const embeddings = single === undefined ? objectsOf(body['embeddings']) : [objectOf(single)]
  if (embeddings.length !== request.inputs.length) {
    throw new ProtocolError('The answer does not hold one embedding for each input.', 'embeddings')
  }
  const input = numberOf(objectOf(body['usageMetadata'])['promptTokenCount'])
  return {
    model: request.model,
    vectors: embeddings.map(({ values }) => {
      if (Array.isArray(values) && values.every((value) => typeof value === 'number')) return values
      throw new ProtocolError('An embedding holds no numbers.', 'embeddings[].values')
    }),
    usage:
      input === null ? null : { input, output: 0, cachedInput: null, cacheWriteInput: null, reasoning: null },
  }
}

/** As `batchEmbedContents` answers. */
function writeReply(reply: EmbeddingReply, _context: AnswerContext): JsonObject {
  const embeddings = reply.vectors.map((vector) => ({ values: vector }))
  const input = reply.usage?.input ?? null
  return input === null
    ? { embeddings }
    : { embeddings, usageMetadata: { promptTokenCount: input, totalTokenCount: input } }
}
