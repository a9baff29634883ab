import { expect, test } from 'vitest'
import { noPlugins } from '@/lib/domain/model-plugins.ts'
import { callBase, keyPlaceOf, plannedCurl, sentCurl, standardPlace } from './debug-address.ts'
import { requestCurl } from './snippets/request-curl.ts'

const path = '/v1/chat/completions'
const api = {
  basePath: '/team',
  protocol: 'openai' as const,
  addresses: [
    { path, url: `http://shared.localhost:8080/team${path}` },
    { path, url: `https://api.example.com/team${path}` },
  ],
  plugins: noPlugins,
}

test('finds where an API answers, by its domain', () => {
  expect(callBase(api, null)).toBe('http://shared.localhost:8080/team')
  expect(callBase(api, { name: 'api.example.com' })).toBe('https://api.example.com/team')
  expect(callBase(api, { name: 'other.example.com' })).toBeNull()
})

test('prints the same command for the next call and for the one that was made of it', () => {
  const body = { type: 'json', text: '{\n  "stream": true,\n  "q": "it\'s 你好 😀 $HOME"\n}' } as const
  const withKey = { ...api, plugins: { ...noPlugins, authorization: { enabled: true } } }
  const planned = plannedCurl({
    api: withKey,
    domain: null,
    method: 'POST',
    path,
    body,
    keyPlace: standardPlace,
  })
  const headers: [string, string][] = [
    ['host', 'shared.localhost:8080'],
    ['content-type', 'application/json'],
    ['content-length', '9'],
    ['authorization', 'Bearer $API_KEY'],
  ]
  const sent = sentCurl({ method: 'POST', url: planned?.url ?? '', headers }, body)
  expect(planned && requestCurl(planned)).toBe(requestCurl(sent))
  expect(requestCurl(sent)).toBe(
    `curl http://shared.localhost:8080/team/v1/chat/completions \\
  --no-buffer \\
  -H 'content-type: application/json' \\
  -H "authorization: Bearer $CONSUMER_KEY" \\
  --data-raw '${body.text.replace("'", "'\\''")}'`,
  )
})

test('puts the key where the consumer shows it', () => {
  const withKey = { ...api, plugins: { ...noPlugins, authorization: { enabled: true } } }
  const plan = { api: withKey, domain: null, method: 'GET', path: '/v1/models?a=$HOME', body: null } as const
  const inQuery = plannedCurl({ ...plan, keyPlace: { in: 'query', name: 'key' } })
  expect(inQuery && requestCurl(inQuery)).toBe(
    'curl "http://shared.localhost:8080/team/v1/models?a=\\$HOME&key=$CONSUMER_KEY"',
  )
  const inHeader = plannedCurl({ ...plan, keyPlace: { in: 'header', name: 'x-team' } })
  expect(inHeader && requestCurl(inHeader)).toContain('-H "x-team: $CONSUMER_KEY"')
  expect(keyPlaceOf(undefined)).toEqual(standardPlace)
})

test('writes the parts of a form so that none is taken for something else', () => {
  const parts = [
    { type: 'text', name: 'prompt', value: '@home' },
    { type: 'file', name: 'image', fileName: 'a;"b".png', contentType: 'image/png', content: '' },
  ] as const
  const body = { type: 'form' as const, parts: [...parts] }
  expect(requestCurl({ method: 'POST', url: 'http://a/b', headers: [], body, streams: false })).toBe(
    `curl http://a/b \\
  --form-string 'prompt=@home' \\
  -F 'image=@"a;\\"b\\".png";type=image/png'`,
  )
})
