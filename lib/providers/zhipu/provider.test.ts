import { expect, test } from 'vitest'
import { zhipuFake } from '@/e2e/fakes/providers/zhipu.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { zhipu } from './provider.ts'

describeProviderContract(zhipu, zhipuFake)
describeRecordings(zhipu, import.meta.dirname)

test.each([
  [
    'https://open.bigmodel.cn/api/paas/v4',
    'openai-chat',
    'https://open.bigmodel.cn/api/paas/v4/chat/completions',
  ],
  [
    'https://open.bigmodel.cn/api/paas/v4',
    'anthropic-messages',
    'https://open.bigmodel.cn/api/anthropic/v1/messages',
  ],
  [
    'https://open.bigmodel.cn/api/coding/paas/v4',
    'anthropic-messages',
    'https://open.bigmodel.cn/api/anthropic/v1/messages',
  ],
  ['https://api.z.ai/api/paas/v4', 'anthropic-messages', 'https://api.z.ai/api/anthropic/v1/messages'],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(zhipu, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
