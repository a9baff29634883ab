import { expect, test } from 'vitest'
import { toHttp2Headers, withoutRepetitions } from '@/lib/gateway/http2-headers.ts'

test('names become lower case, repetitions a list, and nothing of the connection passes', () => {
  const flat = [
    'Set-Cookie',
    'a=1',
    'set-cookie',
    'b=2',
    'X-One',
    '1',
    'Connection',
    'close',
    'Transfer-Encoding',
    'chunked',
  ]
  flat.push('Keep-Alive', 'timeout=5', 'Upgrade', 'h2c', ':status', '500', 'TE', 'trailers')
  expect({ ...toHttp2Headers(flat) }).toEqual({ 'set-cookie': ['a=1', 'b=2'], 'x-one': '1', te: 'trailers' })
})

test('a header named like a property of objects is only a header', () => {
  const headers = toHttp2Headers(['__proto__', 'x', 'constructor', 'y'])
  expect(Object.entries(headers)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ])
})

test('of what may not be repeated the first one stays, but every cookie does', () => {
  const headers = toHttp2Headers(['etag', '1', 'etag', '2', 'set-cookie', 'a', 'set-cookie', 'b'])
  expect({ ...withoutRepetitions(headers) }).toEqual({ etag: '1', 'set-cookie': ['a', 'b'] })
})
