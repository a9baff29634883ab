import { describe, expect, test } from 'vitest'
import { ChunkedDecoder } from '@/lib/gateway/http1/chunked-decoder.ts'

function decode(text: string) {
  const pieces: Buffer[] = []
  const decoder = new ChunkedDecoder((data) => pieces.push(data), 200)
  const bytes = Buffer.from(text, 'latin1')
  const end = decoder.take(bytes, 0)
  return { end, bytes, pieces, decoder, data: Buffer.concat(pieces).toString('latin1') }
}

describe('A chunked body', () => {
  test('ends behind its last chunk, and what follows is not its own', () => {
    const text = '5\r\nhello\r\nA;x=y\r\n 012345678\r\n0\r\n\r\n'
    const { end, data, decoder } = decode(`${text}GET /`)
    expect([data, end, decoder.isDone, decoder.trailers]).toEqual([
      'hello 012345678',
      text.length,
      true,
      null,
    ])
  })

  test('is handed on without a copy', () => {
    const { pieces, bytes } = decode('5\r\nhello\r\n')
    expect(pieces[0]?.buffer).toBe(bytes.buffer)
  })

  test('may have trailers, but none that come too late to be acted on', () => {
    const { decoder } = decode(
      '0\r\nX-Sum: 42 \r\nAuthorization: a\r\nX-Switchyard-A: b\r\nX-Forwarded-For: c\r\ngrpc-status: 0\r\n\r\n',
    )
    expect(decoder.trailers).toEqual(['X-Sum', '42', 'grpc-status', '0'])
  })

  test.each([
    ['a prefixed size', '0x5\r\nhello\r\n'],
    ['a signed size', '+5\r\nhello\r\n'],
    ['no size', '\r\nhello\r\n'],
    ['white space behind the size', '5 \r\nhello\r\n'],
    ['a size that no body has', 'fffffffffffff\r\n'],
    ['a bare LF behind the size', '5\nhello\r\n'],
    ['a CR alone behind the size', '5\rhello\r\n'],
    ['data that is longer than its size', '2\r\nhello\r\n'],
    ['a bare LF behind the data', '5\r\nhello\n0\r\n\r\n'],
    ['an extension without a name', '5;\r\nhello\r\n'],
    ['an extension with white space', '5; a\r\nhello\r\n'],
    ['an extension with an open quote', '5;a="b\r\nhello\r\n'],
    ['a line break in an extension', '5;a="\n"\r\nhello\r\n'],
    ['extensions without end', `${'1;a=b\r\nx\r\n'.repeat(5_000)}`],
    ['a framing field among the trailers', '0\r\nContent-Length: 5\r\n\r\n'],
    ['a coding among the trailers', '0\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['a connection field among the trailers', '0\r\nConnection: close\r\n\r\n'],
    ['a folded trailer', '0\r\nX-A: b\r\n c\r\n\r\n'],
    ['trailers that are too large', `0\r\nX-A: ${'b'.repeat(300)}\r\n\r\n`],
  ])('with %s is broken', (_what, text) => {
    expect(decode(text).end).toBe(-1)
  })

  test('whose trailers trickle in is still limited', () => {
    const decoder = new ChunkedDecoder(() => {}, 200)
    expect(decoder.take(Buffer.from('0\r\n'), 0)).toBe(3)
    let sent = 0
    while (sent < 1_000 && decoder.take(Buffer.from('X-A: b\r\n'), 0) !== -1) sent += 8
    expect(sent).toBeLessThan(500)
  })
})
