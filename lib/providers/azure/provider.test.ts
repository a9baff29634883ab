import { expect, test } from 'vitest'
import { azureFake } from '@/e2e/fakes/providers/azure.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
import { azure } from './provider.ts'

describeProviderContract(azure, azureFake)
describeRecordings(azure, import.meta.dirname)

const version = 'api-version=2024-10-21'
const base = 'https://res.openai.azure.com'
const deployed = `${base}/openai/deployments/chat-1`

test.each([
  [`${base}?${version}`, {}, `${base}/openai/deployments/gpt-4o/chat/completions?${version}`],
  [base, { apiVersion: '2024-10-21' }, `${base}/openai/deployments/gpt-4o/chat/completions?${version}`],
  [`${base}?${version}`, { deployment: 'chat-1' }, `${deployed}/chat/completions?${version}`],
  [`${deployed}?${version}`, {}, `${deployed}/chat/completions?${version}`],
  [`${deployed}/chat/completions?${version}`, {}, `${deployed}/chat/completions?${version}`],
  [`${base}/openai/v1`, {}, `${base}/openai/v1/chat/completions`],
  [
    `${base}?${version}`,
    { apiVersion: '2025-01-01' },
    `${base}/openai/deployments/gpt-4o/chat/completions?${version}`,
  ],
])('%s with %j asks for chat at %s', (baseUrl, options, address) => {
  const settings = { protocol: 'openai', baseUrl, options } as const
  expect(addressOf(azure, settings, 'openai-chat', { model: 'gpt-4o' })).toBe(address)
})

test('keeps a model that leads elsewhere within its segment', () => {
  const settings = { protocol: 'openai', baseUrl: `${base}?${version}`, options: {} } as const
  expect(addressOf(azure, settings, 'openai-chat', { model: '../../x?y#z' })).toBe(
    `${base}/openai/deployments/..%2F..%2Fx%3Fy%23z/chat/completions?${version}`,
  )
})

test('answers one operation where the address names one', () => {
  const settings = { protocol: 'openai', baseUrl: `${deployed}/embeddings?${version}`, options: {} } as const
  expect(addressOf(azure, settings, 'openai-chat')).toBeNull()
  expect(addressOf(azure, settings, 'openai-embeddings')).toBe(`${deployed}/embeddings?${version}`)
})

test('leads files to the resource, and pictures to the deployment', () => {
  const { relay } = azure.prepare(
    { protocol: 'openai', baseUrl: `${deployed}?${version}`, options: {} },
    testTools,
  )
  expect(relay?.path('/v1/files?limit=1')).toBe(`/openai/files?limit=1&${version}`)
  expect(relay?.path('/v1/images/generations')).toBe(
    `/openai/deployments/chat-1/images/generations?${version}`,
  )
})

test.each([
  [base, {}, 'options.apiVersion'],
  [`${deployed}/images/generations?${version}`, {}, 'baseUrl'],
])('refuses %s', (baseUrl, options, field) => {
  expect(() => azure.prepare({ protocol: 'openai', baseUrl, options }, testTools)).toThrow(
    expect.objectContaining({ field }),
  )
})

test.each([
  ['2024-02-01', false],
  ['2024-08-01-preview', false],
  ['2024-09-01-preview', true],
  ['2024-10-21', true],
  ['preview', true],
])('version %s may be asked for usage in a stream: %s', (apiVersion, isAsked) => {
  const settings = { protocol: 'openai', baseUrl: base, options: { apiVersion } } as const
  const [route] = azure.prepare(settings, testTools).routes
  const body = { stream: true, stream_options: { include_usage: true } }
  route?.prepareBody?.({ model: 'gpt-4o', stream: true, body })
  expect('stream_options' in body).toBe(isAsked)
})
