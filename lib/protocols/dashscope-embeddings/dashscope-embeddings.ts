import type {
  AnswerContext,
  EmbeddingCodec,
  EmbeddingReply,
  EmbeddingRequest,
  RequestHints,
} from '@/lib/protocols/codec.ts'
import { readDashscopeFailure, writeDashscopeFailure } from '@/lib/protocols/dashscope/failure.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import {
  numberOf,
  objectOf,
  objectsOf,
  present,
  readNumber,
  readObject,
  readString,
  readStrings,
} from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'

/** Model Studio's own text embedding. */
export const dashscopeEmbeddings: EmbeddingCodec = {
  format: 'dashscope-embeddings',
  readRequest,
  writeRequest,
  readReply,
  writeReply,
  readFailure: readDashscopeFailure,
  writeFailure: writeDashscopeFailure,
}

function writeRequest(request: EmbeddingRequest, dropped: DroppedFields): JsonObject {
  if (request.user !== null) dropped.add('user')
  const texts = request.inputs.map((input, index) => {
    if (typeof input === 'string') return input
    throw new ProtocolError(
      `input[${index}] holds token numbers, which this model does not take: send text instead.`,
      `input[${index}]`,
    )
  })
  const parameters = present({ dimension: request.dimensions })
  const body: JsonObject = { model: request.model, input: { texts } }
  if (request.dimensions !== null) body['parameters'] = parameters
  return body
}

const knownParameters = new Set(['dimension', 'output_type'])

function readRequest(body: JsonObject, hints: RequestHints, dropped: DroppedFields): EmbeddingRequest {
  const input = readObject(body, 'input') ?? {}
  const parameters = readObject(body, 'parameters') ?? {}
  for (const key of Object.keys(parameters)) {
    if (!knownParameters.has(key)) dropped.add(`parameters.${key}`)
  }
  const kind = readString(parameters, 'output_type', 'parameters')
  if (kind !== null && kind !== 'dense') dropped.add('parameters.output_type')
  const texts = readStrings(input, 'texts', 'input')
  if (texts.length === 0) throw new ProtocolError('input.texts is missing.', 'input.texts')
  return {
    model: readString(body, 'model') ?? hints.model ?? '',
    inputs: texts,
    dimensions: readNumber(parameters, 'dimension', 'parameters'),
    encoding: 'float',
    user: null,
  }
}

/** Embeddings name the index of their text; nothing promises their order. */
function readReply(body: JsonObject, request: EmbeddingRequest): EmbeddingReply {
  const embeddings = objectsOf(objectOf(body['output'])['embeddings'])
  const vectors: (readonly number[] | undefined)[] = request.inputs.map(() => undefined)
  embeddings.forEach((entry, position) => {
    const { embedding } = entry
    const index = numberOf(entry['text_index']) ?? position
    if (index in vectors && Array.isArray(embedding) && embedding.every(isNumber)) vectors[index] = embedding
  })
  const known = vectors.filter((vector) => vector !== undefined)
  if (known.length !== request.inputs.length) {
    throw new ProtocolError('The answer does not hold one embedding for each input.', 'output.embeddings')
  }
  const usage = objectOf(body['usage'])
  const input = numberOf(usage['total_tokens']) ?? numberOf(usage['input_tokens'])
  return {
    model: request.model,
    vectors: known,
    usage:
      input === null ? null : { input, output: 0, cachedInput: null, cacheWriteInput: null, reasoning: null },
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function writeReply(reply: EmbeddingReply, context: AnswerContext): JsonObject {
  const body: JsonObject = {
    output: {
      embeddings: reply.vectors.map((embedding, index) => ({ text_index: index, embedding })),
    },
    request_id: context.requestId,
  }
  if (reply.usage?.input != null) body['usage'] = { total_tokens: reply.usage.input }
  return body
}
