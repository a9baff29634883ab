import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EmbeddingRequest } from '@/lib/protocols/codec.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { context } from '@/lib/protocols/testing/read-stream.ts'
import { dashscopeEmbeddings } from './dashscope-embeddings.ts'

const plain: EmbeddingRequest = {
  model: 'text-embedding-v4',
  inputs: ['Hello', 'World'],
  dimensions: null,
  encoding: 'float',
  user: null,
}

describe('requests for embeddings of DashScope', () => {
  test('hold the texts and the dimension', () => {
    expect(dashscopeEmbeddings.writeRequest({ ...plain, dimensions: 64 }, new DroppedFields())).toEqual({
      model: 'text-embedding-v4',
      input: { texts: ['Hello', 'World'] },
      parameters: { dimension: 64 },
    })
  })

  test('name the user that they leave out, and refuse token numbers', () => {
    const dropped = new DroppedFields()
    dashscopeEmbeddings.writeRequest({ ...plain, user: 'u' }, dropped)
    expect(dropped.names).toEqual(['user'])
    const tokens = () => dashscopeEmbeddings.writeRequest({ ...plain, inputs: [[1, 2]] }, dropped)
    expect(tokens).toThrow(ProtocolError)
    expect(tokens).toThrow(expect.objectContaining({ param: 'input[0]' }))
  })

  test('come back as they went', () => {
    const inputs = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 })
    fc.assert(
      fc.property(inputs, fc.option(fc.integer({ min: 1, max: 2048 })), (texts, dimensions) => {
        const request = { ...plain, inputs: texts, dimensions }
        const dropped = new DroppedFields()
        const body = dashscopeEmbeddings.writeRequest(request, dropped)
        expect(dashscopeEmbeddings.readRequest(body, { model: null, stream: false }, dropped)).toEqual(
          request,
        )
        expect(dropped.isEmpty).toBe(true)
      }),
    )
  })
})

describe('callers of embeddings of DashScope', () => {
  const read = (body: JsonObject, dropped = new DroppedFields()) =>
    dashscopeEmbeddings.readRequest(body, { model: null, stream: false }, dropped)

  test('learn what no other format knows', () => {
    const dropped = new DroppedFields()
    read(
      { model: 'm', input: { texts: ['A'] }, parameters: { text_type: 'query', output_type: 'sparse' } },
      dropped,
    )
    expect(dropped.names).toEqual(['parameters.text_type', 'parameters.output_type'])
  })

  test.each([
    [{}, 'input.texts'],
    [{ input: { texts: 'A' } }, 'input.texts'],
    [{ input: { texts: ['A', 5] } }, 'input.texts[1]'],
    [{ input: { texts: ['A'] }, parameters: { dimension: '8' } }, 'parameters.dimension'],
  ])('are told what is wrong with %j', (body, param) => {
    expect(() => read(body as JsonObject)).toThrow(ProtocolError)
    expect(() => read(body as JsonObject)).toThrow(expect.objectContaining({ param }))
  })
})

describe('answers of embeddings of DashScope', () => {
  const answer: JsonObject = {
    output: {
      embeddings: [
        { text_index: 1, embedding: [0, 2] },
        { text_index: 0, embedding: [0.5, -1] },
      ],
    },
    usage: { total_tokens: 4 },
    request_id: 'r',
  }

  test('are read in the order of the texts', () => {
    expect(dashscopeEmbeddings.readReply(answer, plain)).toMatchObject({
      vectors: [
        [0.5, -1],
        [0, 2],
      ],
      usage: { input: 4, output: 0 },
    })
  })

  test('are refused where a text has no vector', () => {
    const twice = { text_index: 0, embedding: [1] }
    for (const embeddings of [[], [twice, twice], [twice, { text_index: 1, embedding: ['a'] }]]) {
      expect(() => dashscopeEmbeddings.readReply({ output: { embeddings } }, plain)).toThrow(ProtocolError)
    }
  })

  test('are written as they are read', () => {
    const reply = dashscopeEmbeddings.readReply(answer, plain)
    expect(dashscopeEmbeddings.readReply(dashscopeEmbeddings.writeReply(reply, context), plain)).toEqual(
      reply,
    )
  })

  test('tell errors as Model Studio does', () => {
    const failure = { kind: 'authentication', status: 401, message: 'M', code: null, param: null } as const
    const body = dashscopeEmbeddings.writeFailure(failure, 'r')
    expect(body).toEqual({ code: 'InvalidApiKey', message: 'M', request_id: 'r' })
    expect(dashscopeEmbeddings.readFailure(401, body)).toMatchObject({ kind: 'authentication', message: 'M' })
  })
})
