import { describe, expect, test } from 'vitest'
import {
  UnsendableAnswer,
  writeFields,
  writeResponseHead,
} from '@/lib/gateway/listener/http1/response-head.ts'

const date = 'date: now\r\n'

describe('The head of an answer', () => {
  test('has its fields as given, a length that is told apart, and a date', () => {
    const { text, contentLength } = writeResponseHead(
      200,
      'Fine',
      ['X-A', 'b', 'Content-Length', '5', 'set-cookie', 'a', 'set-cookie', 'b'],
      date,
    )
    expect(text).toBe(
      'HTTP/1.1 200 Fine\r\nX-A: b\r\nContent-Length: 5\r\nset-cookie: a\r\nset-cookie: b\r\ndate: now\r\n',
    )
    expect(contentLength).toBe(5)
  })

  test('keeps the date of the instance', () => {
    expect(writeResponseHead(200, '', ['Date', 'then'], date).text).toBe('HTTP/1.1 200 \r\nDate: then\r\n')
  })

  test('leaves what is said of the connection to the connection', () => {
    const { text } = writeResponseHead(
      200,
      'OK',
      ['Connection', 'close', 'Keep-Alive', 'timeout=5', 'Transfer-Encoding', 'gzip'],
      '',
    )
    expect(text).toBe('HTTP/1.1 200 OK\r\n')
  })

  test('states no length where there cannot be a body', () => {
    expect(writeResponseHead(204, 'None', ['content-length', '0'], '').text).not.toContain('content-length')
    expect(writeResponseHead(304, 'Same', ['content-length', '9'], '').text).toContain('content-length: 9')
  })

  test.each([
    [99, 'OK', []],
    [1_000, 'OK', []],
    [200.5, 'OK', []],
    [200, 'O\r\nX-A: b', []],
    [200, 'O\0K', []],
    [200, 'OK', ['X-A', 'b\r\nX-B: c']],
    [200, 'OK', ['X-A', 'b\nc']],
    [200, 'OK', ['X-A', 'b\u0100']],
    [200, 'OK', ['X A', 'b']],
    [200, 'OK', ['X-A:', 'b']],
    [200, 'OK', ['', 'b']],
    [200, 'OK', ['Content-Length', '5', 'content-length', '5']],
    [200, 'OK', ['Content-Length', '-5']],
  ])('%s %j %j cannot be sent', (status, message, headers) => {
    expect(() => writeResponseHead(status, message, headers, date)).toThrow(UnsendableAnswer)
  })
})

test('Trailers are checked like headers', () => {
  expect(writeFields(['x-sum', '42'])).toBe('x-sum: 42\r\n')
  expect(() => writeFields(['x-sum', '42\r\n\r\nHTTP/1.1 200 OK'])).toThrow(UnsendableAnswer)
})
