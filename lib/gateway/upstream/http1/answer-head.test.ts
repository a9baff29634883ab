import { describe, expect, test } from 'vitest'
import { chunked, readAnswerHead, untilClose } from './answer-head.ts'

const read = (text: string) => readAnswerHead(Buffer.from(text, 'latin1'), 0)
const withFields = (fields: string) => read(`HTTP/1.1 200 OK\r\n${fields}\r\n`)

describe('readAnswerHead', () => {
  const whole =
    'HTTP/1.1 200 All right\r\nContent-Length: 5\r\nX-A: \t b c\t \r\nKeep-Alive: timeout=3, max=9\r\n\r\n'

  test('reads status, reason, fields and framing', () => {
    expect(read(`${whole}hello`)).toEqual({
      status: 200,
      statusMessage: 'All right',
      fields: ['Content-Length', '5', 'X-A', 'b c', 'Keep-Alive', 'timeout=3, max=9'],
      bodyLength: 5,
      mayKeepAlive: true,
      keepAliveSeconds: 3,
      end: whole.length,
    })
  })

  test('asks for more wherever the head is cut', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(read(whole.slice(0, length))).toBe('incomplete')
    }
  })

  test.each([
    ['HTTP/1.1 204\r\n\r\n', ''],
    ['HTTP/1.1 204 \r\n\r\n', ''],
    ['HTTP/1.1 204 N\xf6\r\n\r\n', 'N\xf6'],
  ])('takes %j with the reason %j', (text, reason) => {
    expect(read(text)).toMatchObject({ status: 204, statusMessage: reason })
  })

  test.each([
    ['Transfer-Encoding: chunked\r\n', chunked],
    ['', untilClose],
    ['Content-Length: 0\r\n', 0],
  ])('finds how %j delimits the body', (fields, bodyLength) => {
    expect(withFields(fields)).toMatchObject({ bodyLength })
  })

  test.each([
    ['HTTP/1.1', 'Connection: close\r\n', false],
    ['HTTP/1.1', 'Connection: x, Close\r\n', false],
    ['HTTP/1.1', '', true],
    ['HTTP/1.0', '', false],
    ['HTTP/1.0', 'Connection: keep-alive\r\n', true],
  ])('%s with %j may keep the connection: %s', (version, fields, mayKeepAlive) => {
    expect(read(`${version} 200 OK\r\n${fields}\r\n`)).toMatchObject({ mayKeepAlive })
  })

  test.each([
    'HTTP/2.0 200 OK\r\n\r\n',
    'HTTP/1.2 200 OK\r\n\r\n',
    'http/1.1 200 OK\r\n\r\n',
    'HTTP/1.1  200 OK\r\n\r\n',
    'HTTP/1.1 20 OK\r\n\r\n',
    'HTTP/1.1 2000 OK\r\n\r\n',
    'HTTP/1.1 099 OK\r\n\r\n',
    'HTTP/1.1 200 O\nK\r\n\r\n',
    'HTTP/1.1 200 OK\n\n',
    'HTTP/1.1 200 OK\r\nA : b\r\n\r\n',
    'HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n',
    'HTTP/1.1 200 OK\r\nA: b\0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\t\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked \t\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n',
    `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(70_000)}\r\n\r\n`,
    ' HTTP/1.1 200 OK\r\n\r\n',
  ])('refuses %j', (text) => {
    expect(read(text)).toBe('malformed')
  })
})
