import { describe, expect, test } from 'vitest'
import { chunked, readRequestHead } from '@/lib/gateway/listener/http1/request-head.ts'

const limits = { headerBytesMax: 200, urlBytesMax: 100 }

function read(text: string) {
  const bytes = Buffer.from(text, 'latin1')
  return readRequestHead(bytes, 0, bytes.length, limits)
}

function accepted(text: string) {
  const head = read(text)
  if (typeof head === 'string') throw new Error(`It was ${head}.`)
  return head
}

describe('A request head', () => {
  test('is read with names and values as sent, but for the white space around values', () => {
    const text = 'GET /a?b=%20#c HTTP/1.1\r\nHost: a\r\nX-Odd!: \t v w\t \r\nx-empty:\r\n\r\n'
    const head = accepted(`${text}rest`)
    expect(head).toMatchObject({ method: 'GET', target: '/a?b=%20#c', version: '1.1', bodyLength: 0 })
    expect(head.rawHeaders).toEqual(['Host', 'a', 'X-Odd!', 'v w', 'x-empty', ''])
    expect(head.end).toBe(text.length)
  })

  test('asks for more bytes at every place where it can be cut', () => {
    const text = 'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5 \r\n\r\n'
    for (let end = 0; end < text.length; end++) expect(read(text.slice(0, end))).toBe('incomplete')
    expect(accepted(text).bodyLength).toBe(5)
  })

  test('begins where it is told to', () => {
    const bytes = Buffer.from('xxxxGET /x HTTP/1.0\r\nA: b\r\n\r\n')
    expect(readRequestHead(bytes, 4, bytes.length, limits)).toMatchObject({
      method: 'GET',
      target: '/x',
      rawHeaders: ['A', 'b'],
      end: bytes.length,
    })
  })

  test.each([
    ['GET  / HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['GET /  HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['get / HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['SOURCE / HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['GET /\xe4 HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['GET x HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['GET *x HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['GET ftp://a/ HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['GET http://user@a/ HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['GET http:///x HTTP/1.1\r\n\r\n', 'malformed_request'],
    ['GET / http/1.1\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1 \r\n\r\n', 'malformed_request'],
    ['GET / HTTP/11\r\n\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.2\r\n\r\n', 'version_not_supported'],
    ['GET / HTTP/2.0\r\n\r\n', 'version_not_supported'],
    ['GET / HTTP/1.1\n\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nA: b\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nA: b\r\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nA: b\0c\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nA: b\x7fc\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nA : b\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nA\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\n: b\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\n A: b\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nContent-Length: 5\t\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nTransfer-Encoding: chunked \t\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nConnection: keep-alive\t\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nConnection: a,\tclose\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nContent-Length: 1234567890123456\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n', 'malformed_request'],
    ['GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n', 'malformed_request'],
  ])('%j is refused: %s', (text, refusal) => {
    expect(read(text)).toBe(refusal)
  })

  test('is refused as soon as it is wrong, not when it ends', () => {
    expect(read('GET / HTTP/1.1\nHost: a')).toBe('malformed_request')
    expect(read('\x16\x03\x01\x02')).toBe('malformed_request')
    expect(read(`GET /${'a'.repeat(101)}`)).toBe('url_too_long')
    expect(read(`GET / HTTP/1.1\r\nA: ${'b'.repeat(201)}`)).toBe('headers_too_large')
  })

  test('has a thousand fields at most', () => {
    const bytes = Buffer.from(`GET / HTTP/1.1\r\n${'a:\r\n'.repeat(1_001)}\r\n`)
    expect(readRequestHead(bytes, 0, bytes.length, { ...limits, headerBytesMax: 10_000 })).toBe(
      'headers_too_large',
    )
  })
})

describe('A request head tells', () => {
  test.each([
    ['Content-Length: 007\r\n', 7],
    ['Transfer-Encoding: Chunked \r\n', chunked],
    ['', 0],
  ])('%j: a body of %i', (fields, length) => {
    expect(accepted(`POST / HTTP/1.1\r\n${fields}\r\n`).bodyLength).toBe(length)
  })

  test.each([
    ['1.1', '', true],
    ['1.1', 'Connection: close\r\n', false],
    ['1.1', 'Connection: x\r\nConnection: a , Close\r\n', false],
    ['1.0', '', false],
    ['1.0', 'Connection: Keep-Alive\r\n', true],
    ['1.0', 'Connection: keep-alive, close\r\n', false],
  ])('HTTP/%s with %j: whether the connection may stay: %s', (version, fields, mayKeepAlive) => {
    expect(accepted(`GET / HTTP/${version}\r\n${fields}\r\n`).mayKeepAlive).toBe(mayKeepAlive)
  })

  test('a WebSocket handshake, but not with a body, nor for another protocol', () => {
    const upgrade = 'Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n'
    expect(accepted(`GET / HTTP/1.1\r\n${upgrade}\r\n`).isWebSocket).toBe(true)
    expect(accepted(`GET / HTTP/1.1\r\n${upgrade}Content-Length: 5\r\n\r\n`).isWebSocket).toBe(false)
    expect(accepted(`GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n`).isWebSocket).toBe(false)
    expect(accepted(`GET / HTTP/1.1\r\n${upgrade.replace('WebSocket', 'h2c')}\r\n`).isWebSocket).toBe(false)
  })

  test('a caller that waits for 100 Continue, where there is a body to wait with', () => {
    const expects = 'Expect: 100-Continue\r\n'
    expect(accepted(`POST / HTTP/1.1\r\n${expects}Content-Length: 1\r\n\r\n`).awaitsContinue).toBe(true)
    expect(accepted(`POST / HTTP/1.1\r\n${expects}\r\n`).awaitsContinue).toBe(false)
    expect(accepted(`POST / HTTP/1.0\r\n${expects}Content-Length: 1\r\n\r\n`).awaitsContinue).toBe(false)
  })
})
