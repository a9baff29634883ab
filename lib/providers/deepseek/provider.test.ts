import { expect, test } from 'vitest'
import { deepSeekFake } from '@/e2e/fakes/providers/deepseek.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { deepSeek } from './provider.ts'

describeProviderContract(deepSeek, deepSeekFake)
describeRecordings(deepSeek, import.meta.dirname)

test.each([
  ['https://api.deepseek.com/v1', 'openai-chat', 'https://api.deepseek.com/v1/chat/completions'],
  ['https://api.deepseek.com/v1', 'anthropic-messages', 'https://api.deepseek.com/anthropic/v1/messages'],
  ['https://api.deepseek.com', 'anthropic-messages', 'https://api.deepseek.com/anthropic/v1/messages'],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(deepSeek, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
