import { describe, expect, test } from 'vitest'
import { readHttp2Head } from '@/lib/gateway/listener/http2/http2-head.ts'

const pseudo = [':method', 'POST', ':scheme', 'http', ':authority', 'demo.test', ':path', '/x?y']

describe('A header section of HTTP/2', () => {
  test('reads like one of HTTP/1.1', () => {
    const head = readHttp2Head([...pseudo, 'cookie', 'a=1', 'x-a', '1', 'cookie', 'b=2', 'te', 'trailers'])
    expect(head).toMatchObject({ method: 'POST', target: '/x?y', protocol: null, flaw: null })
    expect(head.rawHeaders).toEqual(['x-a', '1', 'te', 'trailers', 'host', 'demo.test', 'cookie', 'a=1; b=2'])
  })

  test('may name its host in either way, or in both if they agree', () => {
    expect(readHttp2Head([':method', 'GET', ':path', '/', 'host', 'a.test']).rawHeaders).toEqual([
      'host',
      'a.test',
    ])
    const both = readHttp2Head([...pseudo, 'host', 'DEMO.test'])
    expect([both.rawHeaders, both.flaw]).toEqual([['host', 'demo.test'], null])
  })

  test.each([
    [['host', 'other.test'], 'The Host header differs from :authority.'],
    [['host', 'demo.test', 'host', 'demo.test'], 'The request has more than one Host header.'],
    [['connection', 'close'], 'HTTP/2 has no "connection" header.'],
    [['transfer-encoding', 'chunked'], 'HTTP/2 has no "transfer-encoding" header.'],
    [['te', 'gzip'], 'The only TE understood is "trailers".'],
  ])('with %j is flawed', (fields, flaw) => {
    expect(readHttp2Head([...pseudo, ...fields]).flaw).toBe(flaw)
  })

  test('is measured as the protocol does', () => {
    expect(readHttp2Head([':path', '/', 'a', 'bc']).byteLength).toBe(5 + 1 + 32 + 1 + 2 + 32)
  })

  test('tells what it awaits', () => {
    expect(readHttp2Head([...pseudo, 'expect', '100-Continue']).expectsContinue).toBe(true)
    expect(readHttp2Head([...pseudo, ':protocol', 'websocket']).protocol).toBe('websocket')
  })
})
