import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRequestHeaders } from '@/lib/gateway/stages/admit/request-headers.ts'

describe('Of the headers of a request', () => {
  test('end-to-end ones pass in order, with their spelling and repetitions', () => {
    const raw = ['Accept', 'a', 'X-Twice', '1', 'x-twice', '2', 'Cookie', 'c=1', 'Content-Type', 'text/plain']
    expect(readRequestHeaders(raw).endToEnd).toEqual(raw)
  })

  test('hop-by-hop ones, reserved ones and those the gateway sets do not pass', () => {
    const raw = [
      ['Connection', 'keep-alive'],
      ['Keep-Alive', 'timeout=5'],
      ['Proxy-Connection', 'x'],
      ['Proxy-Authorization', 'x'],
      ['TE', 'trailers'],
      ['Trailer', 'x'],
      ['Upgrade', 'websocket'],
      ['Host', 'h'],
      ['Authorization', 'secret'],
      ['X-Forwarded-For', '1.1.1.1'],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Host', 'h'],
      ['X-Request-Id', 'r'],
      ['X-Switchyard-Anything', 'x'],
      ['Content-Length', '5'],
      ['Expect', '100-continue'],
    ].flat()
    const headers = readRequestHeaders(raw)
    expect(headers.endToEnd).toEqual([])
    expect(headers).toMatchObject({
      host: 'h',
      authorization: 'secret',
      contentLength: 5,
      expect: '100-continue',
    })
  })

  test('those that Connection names do not pass either', () => {
    const raw = [
      'X-Hop',
      '1',
      'Connection',
      'close, X-Hop',
      'X-Keep',
      '2',
      'Connection',
      'x-other',
      'X-Other',
      '3',
    ]
    expect(readRequestHeaders(raw).endToEnd).toEqual(['X-Keep', '2'])
  })

  test.each([
    ['two Hosts', ['Host', 'a', 'host', 'a']],
    ['two Authorizations', ['Authorization', 'a', 'authorization', 'b']],
    ['a coding besides chunked', ['Transfer-Encoding', 'gzip, chunked']],
    ['chunked twice', ['Transfer-Encoding', 'chunked', 'Transfer-Encoding', 'chunked']],
    ['both framings', ['Transfer-Encoding', 'chunked', 'Content-Length', '5']],
  ])('%s are refused', (_what, raw) => {
    expect(() => readRequestHeaders(raw)).toThrow()
  })

  test('no spelling of a reserved or hop-by-hop name ever passes', () => {
    const forbidden = fc.constantFrom(
      'x-switchyard-a',
      'x-switchyard-error-source',
      'connection',
      'keep-alive',
      'te',
      'upgrade',
      'x-forwarded-for',
      'proxy-authorization',
      'x-hop',
    )
    const spelled = fc
      .tuple(forbidden, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }))
      .map(([name, upper]) =>
        [...name].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(''),
      )
    fc.assert(
      fc.property(fc.array(fc.tuple(spelled, fc.string())), (pairs) => {
        const raw = ['Connection', 'X-HOP', 'accept', 'y', ...pairs.flat()]
        expect(readRequestHeaders(raw).endToEnd).toEqual(['accept', 'y'])
      }),
    )
  })
})

test.each([
  ['application/grpc', true],
  ['application/grpc+proto', true],
  ['application/grpc;charset=utf-8', true],
  ['application/grpc-web', false],
  ['application/grpc-web-text', false],
  ['application/json', false],
])('%s is gRPC: %s', (type, isGrpc) => {
  expect(readRequestHeaders(['Content-Type', type]).isGrpc).toBe(isGrpc)
})
