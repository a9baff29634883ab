import { expect, test } from 'vitest'
import { yiFake } from '@/e2e/fakes/providers/yi.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { yi } from './provider.ts'

describeProviderContract(yi, yiFake)
describeRecordings(yi, import.meta.dirname)

test.each([
  ['https://api.lingyiwanwu.com/v1', 'openai-chat', 'https://api.lingyiwanwu.com/v1/chat/completions'],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(yi, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
