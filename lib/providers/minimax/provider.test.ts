import { expect, test } from 'vitest'
import { miniMaxFake } from '@/e2e/fakes/providers/minimax.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { miniMax } from './provider.ts'

describeProviderContract(miniMax, miniMaxFake)
describeRecordings(miniMax, import.meta.dirname)

test.each([
  ['https://api.minimaxi.com/v1', 'openai-chat', 'https://api.minimaxi.com/v1/chat/completions'],
  ['https://api.minimaxi.com/v1', 'anthropic-messages', 'https://api.minimaxi.com/anthropic/v1/messages'],
  ['https://api.minimax.io/v1', 'anthropic-messages', 'https://api.minimax.io/anthropic/v1/messages'],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(miniMax, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
