import { expect, test } from 'vitest'
import { KeptBody } from '@/lib/gateway/stages/observe/call-content.ts'
import { recordedBytesMax } from '@/lib/snapshot/recorded-request.ts'

test('a body is kept from its beginning, whatever pieces it comes in, and takes up what is said', () => {
  const text = 'The quick brown fox. '.repeat(4_000)
  for (const length of [1, 7, 4_096, text.length]) {
    const body = new KeptBody()
    for (let at = 0; at < text.length; at += length) body.add(Buffer.from(text.slice(at, at + length)))
    expect(body.bytes, `${length}`).toBe(text.length)
    expect(body.content.toString(), `${length}`).toBe(text.slice(0, recordedBytesMax))
    // The bytes themselves: nothing that holds them comes on top.
    expect(body.keptBytes).toBe(body.content.buffer.byteLength)
    expect(body.keptBytes).toBe(recordedBytesMax)
  }
  const short = new KeptBody()
  short.add(Buffer.from('short'))
  expect(short.keptBytes).toBe(5)
})
