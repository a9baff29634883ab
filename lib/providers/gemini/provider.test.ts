import { expect, test } from 'vitest'
import { geminiFake } from '@/e2e/fakes/providers/gemini.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
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

const native = { protocol: 'native', options: {} } as const
const google = 'https://generativelanguage.googleapis.com'

test.each([
  [google, 'gemini-1.5-pro', false, `${google}/v1beta/models/gemini-1.5-pro:generateContent`],
  [
    google,
    'models/gemini-1.5-pro',
    true,
    `${google}/v1beta/models/gemini-1.5-pro:streamGenerateContent?alt=sse`,
  ],
  [`${google}/v1`, 'gemini-1.5-pro', false, `${google}/v1/models/gemini-1.5-pro:generateContent`],
  [google, 'x:y/../z', false, `${google}/v1beta/models/x%3Ay%2F..%2Fz:generateContent`],
])('%s asks %s (stream: %s) at %s', (baseUrl, model, stream, address) => {
  expect(addressOf(gemini, { ...native, baseUrl }, 'gemini', { model, stream })).toBe(address)
})

test.each([`${google}/v1beta/openai`, `${google}/v1beta/models/gemini-1.5-pro:generateContent`])(
  'refuses %s for the native protocol',
  (baseUrl) => {
    expect(() => gemini.prepare({ ...native, baseUrl }, testTools)).toThrow(
      expect.objectContaining({ field: 'baseUrl' }),
    )
  },
)
