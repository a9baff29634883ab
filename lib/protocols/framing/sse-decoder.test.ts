import { describe, expect, test } from 'vitest'
import type { Frame } from '@/lib/protocols/codec.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { encodeSse } from './frame-encoder.ts'
import { SseDecoder } from './sse-decoder.ts'

function decode(...chunks: Array<string | Buffer>): Frame[] {
  const decoder = new SseDecoder(1 << 20)
  const frames = chunks.flatMap((chunk) => decoder.push(Buffer.from(chunk as string)))
  return [...frames, ...decoder.end()]
}

describe('server-sent events', () => {
  test('end at a blank line, whatever the line ends are', () => {
    for (const eol of ['\n', '\r\n', '\r']) {
      expect(decode(['event: a', 'data: 1', '', 'data: 2', '', ''].join(eol))).toEqual([
        { event: 'a', data: '1' },
        { event: null, data: '2' },
      ])
    }
  })

  test('may lack the space after the colon, and lose only one of several', () => {
    expect(decode('data:1\n\ndata:  2\n\n')).toEqual([
      { event: null, data: '1' },
      { event: null, data: ' 2' },
    ])
  })

  test('join their data lines, empty ones too', () => {
    expect(decode('data: a\ndata\ndata: b\n\n')).toEqual([{ event: null, data: 'a\n\nb' }])
  })

  test('without data are none; comments, ids and unknown fields are skipped', () => {
    expect(decode(': hello\n\nevent: a\n\nid: 1\nretry: x\nnonsense\nother: y\ndata: z\n\n')).toEqual([
      { event: null, data: 'z' },
    ])
  })

  test('may begin with a byte order mark, even one cut in half', () => {
    const bytes = Buffer.from('\uFEFFdata: 1\n\n')
    expect(decode(bytes.subarray(0, 1), bytes.subarray(1, 2), bytes.subarray(2))).toEqual([
      { event: null, data: '1' },
    ])
  })

  test('are the same however the bytes are cut', () => {
    const text =
      '\uFEFFevent: tok\r\ndata: 你好 🌍\r\n\r\n: ping\r\ndata: a\r\ndata: b\r\n\r\ndata: [DONE]\r\n\r\n'
    const bytes = Buffer.from(text)
    const whole = decode(bytes)
    expect(whole).toHaveLength(3)
    for (let at = 1; at < bytes.length; at++) {
      expect(decode(bytes.subarray(0, at), bytes.subarray(at))).toEqual(whole)
    }
    expect(decode(...[...bytes].map((byte) => Buffer.from([byte])))).toEqual(whole)
  })

  test('need no blank line at the end of the stream', () => {
    for (const end of ['', '\n', '\r', '\r\n', '\n\n']) {
      expect(decode(`data: 1\n\ndata: [DONE]${end}`).at(-1)).toEqual({ event: null, data: '[DONE]' })
    }
  })

  test('are refused once one grows past its bound', () => {
    const decoder = new SseDecoder(100)
    expect(decoder.push(Buffer.from(`data: ${'x'.repeat(60)}`))).toEqual([])
    expect(() => decoder.push(Buffer.alloc(60, 'y'))).toThrow(ProtocolError)
    expect(() => decoder.push(Buffer.from('\n\n'))).toThrow(ProtocolError)
    const lines = new SseDecoder(100)
    expect(() => {
      for (let line = 0; line < 20; line++) lines.push(Buffer.from('data: 0123456789\n'))
    }).toThrow(ProtocolError)
  })

  test('come back as they were written', () => {
    const frames = [
      { event: 'message', data: '{"a":"b"}' },
      { event: null, data: 'two\nlines\n' },
      { event: null, data: ' a space' },
      { event: null, data: '' },
    ]
    expect(decode(encodeSse(frames))).toEqual(frames)
    expect(encodeSse([])).toHaveLength(0)
  })
})
