import * as z from 'zod'
import { split } from './answer.ts'
import { type Exchange, sendJson } from './exchange.ts'
import { parseBody } from './request-body.ts'
import { vectorOf } from './vector.ts'

const tokens = z.array(z.int().min(0)).min(1)
const embeddingRequest = z.looseObject({
  model: z.string().min(1),
  input: z.union([
    z.string().min(1),
    z.array(z.string().min(1)).min(1).max(2048),
    tokens,
    z.array(tokens).min(1),
  ]),
  dimensions: z.int().min(8).max(4096).nullish(),
  encoding_format: z.enum(['float', 'base64']).nullish(),
})

/** `POST /v1/embeddings`: vectors as numbers, or as base64 of little-endian 32-bit floats. */
export async function openaiEmbeddings(exchange: Exchange): Promise<void> {
  const body = parseBody(embeddingRequest, exchange.body)
  const texts = textsOf(body.input)
  const data = texts.map((text, index) => {
    const vector = vectorOf(text, body.dimensions ?? 256)
    const embedding = body.encoding_format === 'base64' ? toBase64(vector) : vector
    return { object: 'embedding', index, embedding }
  })
  const count = texts.reduce((sum, text) => sum + Math.max(1, split(text).length), 0)
  const usage = { prompt_tokens: count, total_tokens: count }
  await sendJson(exchange, { object: 'list', model: body.model, data, usage })
}

function textsOf(input: z.infer<typeof embeddingRequest>['input']): string[] {
  if (typeof input === 'string') return [input]
  if (isNumbers(input)) return [input.join(' ')]
  return input.map((entry) => (typeof entry === 'string' ? entry : entry.join(' ')))
}

function isNumbers(input: readonly unknown[]): input is number[] {
  return typeof input[0] === 'number'
}

function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes.toString('base64')
}
