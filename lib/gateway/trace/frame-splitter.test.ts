import { expect, test } from 'vitest'
import { splitterFor } from './frame-splitter.ts'
import { Redactor } from './redactor.ts'

const secret = 'sk-secret-0123456789abcdef'

function framesOf(contentType: string, chunks: readonly Buffer[], redactor = new Redactor([])): string[] {
  const splitter = splitterFor(contentType, redactor)
  const frames = chunks.flatMap((chunk) => splitter.push(chunk))
  return [...frames, ...splitter.end()].map((frame) => frame.toString())
}

test.each([
  ['line feeds', 'data: 1\n\ndata: 你好\n\ndata: [DONE]\n\n', 3],
  ['carriage returns and line feeds', 'id: 1\r\ndata: 1\r\n\r\n: keep\r\n\r\ndata: 2\r\n\r\n', 3],
  ['carriage returns', 'data: 1\r\rdata: 2\r\r', 2],
  ['an end that is missing', 'data: 1\n\ndata: 2', 2],
])('tells events apart that end with %s, at whatever byte they are cut', (_, text, count) => {
  const bytes = Buffer.from(text)
  const whole = framesOf('text/event-stream', [bytes])
  expect(whole).toHaveLength(count)
  expect(whole.join('')).toBe(text)
  for (let at = 1; at < bytes.length; at += 1) {
    expect(framesOf('text/event-stream', [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole)
  }
  expect(
    framesOf(
      'text/event-stream; charset=utf-8',
      [...bytes].map((byte) => Buffer.from([byte])),
    ),
  ).toEqual(whole)
})

test('keeps characters and secrets whole, at whatever byte an answer is cut', () => {
  const bytes = Buffer.from(`{"a":"你好😀 ${secret} é"}`)
  const expected = '{"a":"你好😀 ••••cdef é"}'
  for (let at = 1; at < bytes.length; at += 1) {
    const frames = framesOf(
      'application/json',
      [bytes.subarray(0, at), bytes.subarray(at)],
      new Redactor([secret]),
    )
    expect(frames.join('')).toBe(expected)
    expect(frames.join('')).not.toContain('�')
  }
})

test('tells a long event in pieces, and no half of a secret', () => {
  const text = `data: ${'x'.repeat(300_000)}${secret}${'y'.repeat(300_000)}\n\n`
  const bytes = Buffer.from(text)
  for (const at of [300_006, 300_010, 300_031]) {
    const chunks = [bytes.subarray(0, at), bytes.subarray(at)]
    const frames = framesOf('text/event-stream', chunks, new Redactor([secret]))
    expect(frames.length).toBeGreaterThan(1)
    expect(frames.join('')).toBe(text.replace(secret, '••••cdef'))
  }
})
