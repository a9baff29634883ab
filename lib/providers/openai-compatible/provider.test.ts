import { describe, expect, test } from 'vitest'
import { openAiCompatibleFake } from '@/e2e/fakes/providers/openai-compatible.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
import { openAiCompatible } from './provider.ts'

describeProviderContract(openAiCompatible, openAiCompatibleFake)

function prepared(baseUrl: string) {
  return openAiCompatible.prepare({ protocol: 'openai', baseUrl, options: {} }, testTools)
}

function chatPath(baseUrl: string) {
  const [route] = prepared(baseUrl).routes
  return `${route?.origin}${route?.path({ model: 'm', stream: false, body: {} })}`
}

test.each([
  ['http://10.0.0.7:8000/v1', 'http://10.0.0.7:8000/v1/chat/completions'],
  ['http://10.0.0.7:8000', 'http://10.0.0.7:8000/v1/chat/completions'],
  ['https://models.example.com/team/api', 'https://models.example.com/team/api/chat/completions'],
  [
    'https://models.example.com/v1?tenant=a%26b',
    'https://models.example.com/v1/chat/completions?tenant=a%26b',
  ],
])('asks %s for chat at %s', (baseUrl, address) => {
  expect(chatPath(baseUrl)).toBe(address)
})

test('leads other paths of OpenAI below the base', () => {
  const { relay } = prepared('https://models.example.com/api/v3')
  expect(relay?.path('/v1/files/file-1/content?part=2')).toBe('/api/v3/files/file-1/content?part=2')
  expect(prepared('https://models.example.com/v1?a=1').relay?.path('/v1/files?limit=2')).toBe(
    '/v1/files?limit=2&a=1',
  )
})

describe('refuses', () => {
  test.each([
    [
      'http://10.0.0.7:8000/v1/chat/completions',
      'Paste the base, not the path: leave out /chat/completions.',
    ],
    ['http://10.0.0.7:8000/v1/embeddings/', 'Paste the base, not the path: leave out /embeddings.'],
    ['ftp://10.0.0.7/v1', 'Write an address such as https://api.example.com/v1.'],
    ['http://user:pass@10.0.0.7/v1', 'Keep user and password out of the address. Keys go with the keys.'],
    ['http://10.0.0.7/v1#top', 'Cut the address at #.'],
  ])('%s', (baseUrl, message) => {
    expect(() => prepared(baseUrl)).toThrow(expect.objectContaining({ field: 'baseUrl', message }))
  })

  test.each(['Bearer sk-abc', 'two words', 'schlüssel', 'line\nbreak'])(
    'the key %j, and does not repeat it',
    (key) => {
      const refusal = expect.objectContaining({ field: 'apiKeys', message: expect.not.stringContaining(key) })
      expect(() => prepared('http://10.0.0.7/v1').credential(key)).toThrow(refusal)
    },
  )
})

test('reads a list of models however odd its entries are', () => {
  const { models } = prepared('http://10.0.0.7/v1')
  expect(models?.read({ data: [{ id: 'a' }, null, 7, { id: '' }, { name: 'b' }, { id: 'a' }] })).toEqual([
    'a',
  ])
  expect(models?.read({ data: { id: 'a' } })).toEqual([])
})
