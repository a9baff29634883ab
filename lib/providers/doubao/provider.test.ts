import { expect, test } from 'vitest'
import { doubaoFake } from '@/e2e/fakes/providers/doubao.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { doubao } from './provider.ts'

describeProviderContract(doubao, doubaoFake)
describeRecordings(doubao, import.meta.dirname)

test.each([
  [
    'https://ark.cn-beijing.volces.com/api/v3',
    'openai-chat',
    'https://ark.cn-beijing.volces.com/api/v3/chat/completions',
  ],
  [
    'https://ark.cn-beijing.volces.com/api/v3',
    'anthropic-messages',
    'https://ark.cn-beijing.volces.com/api/compatible/v1/messages',
  ],
  [
    'https://ark.cn-beijing.volces.com/api/coding/v3',
    'anthropic-messages',
    'https://ark.cn-beijing.volces.com/api/coding/v1/messages',
  ],
  ['https://gate.example.com/other', 'anthropic-messages', null],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(doubao, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
