import { expect, test } from 'vitest'
import { moonshotFake } from '@/e2e/fakes/providers/moonshot.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { moonshot } from './provider.ts'

describeProviderContract(moonshot, moonshotFake)
describeRecordings(moonshot, import.meta.dirname)

test.each([
  ['https://api.moonshot.cn/v1', 'openai-chat', 'https://api.moonshot.cn/v1/chat/completions'],
  ['https://api.moonshot.cn/v1', 'anthropic-messages', 'https://api.moonshot.cn/anthropic/v1/messages'],
  ['https://api.moonshot.ai/v1', 'anthropic-messages', 'https://api.moonshot.ai/anthropic/v1/messages'],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(moonshot, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
