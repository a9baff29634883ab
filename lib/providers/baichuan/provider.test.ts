import { expect, test } from 'vitest'
import { baichuanFake } from '@/e2e/fakes/providers/baichuan.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { baichuan } from './provider.ts'

describeProviderContract(baichuan, baichuanFake)
describeRecordings(baichuan, import.meta.dirname)

test.each([
  ['https://api.baichuan-ai.com/v1', 'openai-chat', 'https://api.baichuan-ai.com/v1/chat/completions'],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(baichuan, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
