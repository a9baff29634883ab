import { expect, test } from 'vitest'
import { modelStudioFake } from '@/e2e/fakes/providers/model-studio.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { modelStudio } from './provider.ts'

describeProviderContract(modelStudio, modelStudioFake)
describeRecordings(modelStudio, import.meta.dirname)

test.each([
  [
    'https://dashscope.aliyuncs.com/compatible-mode/v1',
    'openai-chat',
    'https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions',
  ],
  [
    'https://dashscope.aliyuncs.com/compatible-mode/v1',
    'anthropic-messages',
    'https://dashscope.aliyuncs.com/apps/anthropic/v1/messages',
  ],
  [
    'https://llm-1.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1',
    'anthropic-messages',
    'https://llm-1.ap-southeast-1.maas.aliyuncs.com/apps/anthropic/v1/messages',
  ],
] as const)('%s answers %s at %s', (baseUrl, format, address) => {
  expect(addressOf(modelStudio, { protocol: 'openai', baseUrl, options: {} }, format)).toBe(address)
})
