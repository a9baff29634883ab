import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Frame } from '@/lib/protocols/codec.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { SseOrJsonDecoder } from './sse-or-json-decoder.ts'

function decode(...chunks: Buffer[]): Frame[] {
  const decoder = new SseOrJsonDecoder(1 << 20)
  const frames = chunks.flatMap((chunk) => [...decoder.push(chunk)])
  return [...frames, ...decoder.end()]
}

describe('a stream of unknown form', () => {
  test.each([
    ['events', '\n\r\ndata: {"a":1}\n\ndata: [1]\n\n', ['{"a":1}', '[1]']],
    ['an array', ' [{"a":"]}\\"{"},\r\n{"b":{"c":[{}]}}\n]', ['{"a":"]}\\"{"}', '{"b":{"c":[{}]}}']],
    ['one object', '{"error":{"message":"你好 🌍 \\\\"}}\n', ['{"error":{"message":"你好 🌍 \\\\"}}']],
    ['an array that broke off', '[{"a":1},{"b":', ['{"a":1}']],
    ['an empty array', '[]', []],
    ['spaces', ' \n', []],
  ])('is read as %s, cut at any byte', (_, text, data) => {
    const bytes = Buffer.from(text)
    const frames = data.map((item) => ({ event: null, data: item }))
    expect(decode(bytes)).toEqual(frames)
    for (let at = 0; at <= bytes.length; at++) {
      expect(decode(bytes.subarray(0, at), bytes.subarray(at))).toEqual(frames)
    }
    expect(decode(...[...bytes].map((byte) => Buffer.from([byte])))).toEqual(frames)
  })

  test('gives back every object of any array, written in any way', () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()))
    fc.assert(
      fc.property(objects, fc.nat({ max: 2 }), fc.integer({ min: 1, max: 9 }), (list, indent, size) => {
        const bytes = Buffer.from(JSON.stringify(list, null, indent))
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        )
        expect(decode(...chunks).map(({ data }) => JSON.parse(data))).toEqual(JSON.parse(bytes.toString()))
      }),
    )
  })

  test('ends where an object does not', () => {
    const decoder = new SseOrJsonDecoder(10)
    expect(() => decoder.push(Buffer.from('[{"a":"0123456789'))).toThrow(ProtocolError)
  })
})
