import { expect, test } from 'vitest'
import { geminiFake } from '@/e2e/fakes/providers/gemini.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { gemini } from './provider.ts'

describeProviderContract(gemini, geminiFake)
describeRecordings(gemini, import.meta.dirname)

test.each([
  [
    'https://generativelanguage.googleapis.com/v1beta/openai',
    'openai-chat',
    'https://generativelanguage.googleapis.com/v1beta/openai/chat/completions',
  ],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(gemini, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
