import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EmbeddingRequest } from '@/lib/protocols/codec.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { context } from '@/lib/protocols/testing/read-stream.ts'
import { geminiEmbeddings } from './gemini-embeddings.ts'

const plain: EmbeddingRequest = {
  model: 'gemini-embedding-001',
  inputs: ['Hello', 'World'],
  dimensions: null,
  encoding: 'float',
  user: null,
}

describe('requests for embeddings of Gemini', () => {
  test('are one batch, whatever the number of inputs', () => {
    const content = (text: string) => ({ parts: [{ text }] })
    const model = 'models/gemini-embedding-001'
    expect(geminiEmbeddings.writeRequest({ ...plain, dimensions: 64 }, new DroppedFields())).toEqual({
      requests: [
        { model, content: content('Hello'), outputDimensionality: 64 },
        { model, content: content('World'), outputDimensionality: 64 },
      ],
    })
  })

  test('name the user that they leave out, and refuse token numbers', () => {
    const dropped = new DroppedFields()
    geminiEmbeddings.writeRequest({ ...plain, user: 'u' }, dropped)
    expect(dropped.names).toEqual(['user'])
    const tokens = () => geminiEmbeddings.writeRequest({ ...plain, inputs: ['A', [1, 2]] }, dropped)
    expect(tokens).toThrow(ProtocolError)
    expect(tokens).toThrow(expect.objectContaining({ param: 'input[1]' }))
  })

  test('come back as they went', () => {
    const inputs = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 })
    fc.assert(
      fc.property(inputs, fc.option(fc.integer({ min: 1, max: 3072 })), (texts, dimensions) => {
        const request = { ...plain, inputs: texts, dimensions }
        const dropped = new DroppedFields()
        const body = geminiEmbeddings.writeRequest(request, dropped)
        expect(geminiEmbeddings.readRequest(body, { model: null, stream: false }, dropped)).toEqual(request)
        expect(dropped.isEmpty).toBe(true)
      }),
    )
  })
})

describe('callers of embeddings of Gemini', () => {
  const read = (body: JsonObject, dropped = new DroppedFields()) =>
    geminiEmbeddings.readRequest(body, { model: 'from-the-path', stream: false }, dropped)

  test('may ask for one, in either spelling', () => {
    const dropped = new DroppedFields()
    const body = {
      model: 'models/a',
      content: { parts: [{ text: 'A' }, { text: 'B' }] },
      output_dimensionality: 8,
      taskType: 'SEMANTIC_SIMILARITY',
    }
    expect(read(body, dropped)).toMatchObject({ model: 'from-the-path', inputs: ['AB'], dimensions: 8 })
    expect(dropped.names).toEqual(['taskType'])
  })

  test.each([
    [{}, 'content'],
    [{ requests: [] }, 'requests'],
    [{ requests: [{ content: { parts: [{}] } }] }, 'requests[0].content.parts[0].text'],
    [{ requests: 'A' }, 'requests'],
  ])('are told what is wrong with %j', (body, param) => {
    expect(() => read(body as JsonObject)).toThrow(ProtocolError)
    expect(() => read(body as JsonObject)).toThrow(expect.objectContaining({ param }))
  })
})

describe('answers of embeddings of Gemini', () => {
  const embeddings = [{ values: [0.5, -1] }, { values: [0, 2] }]

  test('are read in order, with usage where they tell it', () => {
    const usageMetadata = { promptTokenCount: 4, totalTokenCount: 4 }
    expect(geminiEmbeddings.readReply({ embeddings, usageMetadata }, plain)).toMatchObject({
      model: 'gemini-embedding-001',
      vectors: [
        [0.5, -1],
        [0, 2],
      ],
      usage: { input: 4, output: 0 },
    })
    expect(
      geminiEmbeddings.readReply({ embedding: { values: [1] } }, { ...plain, inputs: ['A'] }),
    ).toMatchObject({
      vectors: [[1]],
      usage: null,
    })
  })

  test('are refused where they hold another number of vectors, or no numbers', () => {
    const broken = [
      {},
      { embeddings: embeddings.slice(1) },
      { embeddings: [{ values: ['a'] }, { values: [1] }] },
    ]
    for (const body of broken) expect(() => geminiEmbeddings.readReply(body, plain)).toThrow(ProtocolError)
  })

  test('are written as they are read', () => {
    const reply = geminiEmbeddings.readReply({ embeddings, usageMetadata: { promptTokenCount: 4 } }, plain)
    const written = geminiEmbeddings.writeReply(reply, context)
    expect(geminiEmbeddings.readReply(written, plain)).toEqual(reply)
  })

  test('tell errors as Google does', () => {
    const failure = { kind: 'rate-limit', status: 429, message: 'M', code: null, param: null } as const
    const body = geminiEmbeddings.writeFailure(failure, 'r')
    expect(body).toEqual({ error: { code: 429, message: 'M', status: 'RESOURCE_EXHAUSTED' } })
    expect(geminiEmbeddings.readFailure(429, body)).toMatchObject({ kind: 'rate-limit', message: 'M' })
  })
})
