import { expect, test } from 'vitest'
import { openAiFake } from '@/e2e/fakes/providers/openai.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { openAi } from './provider.ts'

describeProviderContract(openAi, openAiFake)
describeRecordings(openAi, import.meta.dirname)

test.each([
  ['https://api.openai.com/v1', 'openai-chat', 'https://api.openai.com/v1/chat/completions'],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(openAi, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
