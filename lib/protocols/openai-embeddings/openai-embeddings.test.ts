import { describe, expect, test } from 'vitest'
import { EmbeddingConversion } from '@/lib/protocols/conversion.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { context } from '@/lib/protocols/testing/read-stream.ts'
import { recorded } from '@/lib/protocols/testing/recorded.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'

const { json } = recorded(import.meta.url)

function read(body: JsonObject, dropped = new DroppedFields()) {
  return openaiEmbeddings.readRequest(body, { model: null, stream: false }, dropped)
}

describe('OpenAI embeddings', () => {
  test('take a text, tokens, or lists of them, and give back what was read', () => {
    for (const input of ['a', ['a', 'b'], [1, 2], [[1, 2], [3]]]) {
      const request = read({ model: 'm', input, dimensions: 8, encoding_format: 'base64', user: 'u' })
      expect(read(openaiEmbeddings.writeRequest(request, new DroppedFields()))).toEqual(request)
    }
    expect(read({ model: 'm', input: [1, 2] }).inputs).toEqual([[1, 2]])
  })

  test('refuse other inputs by name, and name what they do not know', () => {
    for (const input of [undefined, null, 7, {}, [], [null], [[]], ['a', 1]]) {
      expect(() => read({ model: 'm', input } as JsonObject)).toThrow(ProtocolError)
    }
    expect(() => read({ model: 'm', input: 'a', encoding_format: 'hex' })).toThrow('encoding_format')
    const dropped = new DroppedFields()
    read({ model: 'm', input: 'a', truncate: true }, dropped)
    expect(dropped.names).toEqual(['truncate'])
  })

  test('answer vectors in the order of the inputs', () => {
    const body = json('openai-embedding.json')
    const reply = openaiEmbeddings.readReply(body, read({ model: 'm', input: ['a', 'b'] }))
    expect(reply.vectors).toHaveLength(2)
    expect(reply.usage).toMatchObject({ input: 12, output: 0 })
    const data = [...(body['data'] as JsonObject[])].reverse()
    expect(openaiEmbeddings.readReply({ ...body, data }, read({ model: 'm', input: 'a' }))).toEqual(reply)
    expect(openaiEmbeddings.writeReply(reply, context)).toEqual(body)
  })

  test('are refused where an index is taken twice, out of range, or no vector', () => {
    const vector = { index: 0, embedding: [1] }
    for (const data of [
      undefined,
      [vector, vector],
      [{ ...vector, index: 1 }],
      [{ index: 0, embedding: 'x'.length }],
    ]) {
      expect(() =>
        openaiEmbeddings.readReply({ data } as JsonObject, read({ model: 'm', input: 'a' })),
      ).toThrow(ProtocolError)
    }
  })

  test('come in the encoding that the caller asked for, whatever the service sends', () => {
    const service = { ...openaiEmbeddings, format: 'gemini-embeddings' as const }
    const conversion = new EmbeddingConversion(openaiEmbeddings, service)
    const asked = (encoding_format: string) =>
      conversion.request({ model: 'm', input: 'a', encoding_format }, { model: null, stream: false }, 'other')
        .request
    const numbers = { data: [{ index: 0, embedding: [0.5, -2] }] }
    const base64 = { data: [{ index: 0, embedding: 'AAAAPwAAAMA=' }] }
    for (const body of [numbers, base64]) {
      expect(conversion.reply(body, asked('float'), context).body['data']).toMatchObject([
        { embedding: [0.5, -2] },
      ])
      expect(conversion.reply(body, asked('base64'), context).body['data']).toMatchObject([
        { embedding: 'AAAAPwAAAMA=' },
      ])
    }
    expect(asked('float').model).toBe('other')
  })
})
