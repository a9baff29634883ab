import { expect, test } from 'vitest'
import { modelStudioFake } from '@/e2e/fakes/providers/model-studio.ts'
import { presetBaseUrl } from '@/lib/domain/provider-form.ts'
import { addressOf } from '@/lib/providers/testing/address-of.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
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

const native = { protocol: 'native', baseUrl: 'https://dashscope.aliyuncs.com', options: {} } as const
const generation = 'https://dashscope.aliyuncs.com/api/v1/services/aigc'

test.each([
  ['qwen-max', 'text'],
  ['deepseek-v3', 'text'],
  ['qwen-vl-plus', 'multimodal'],
  ['qwen2.5-vl-72b-instruct', 'multimodal'],
  ['qwen-vl-ocr', 'multimodal'],
  ['qwen3.5-plus', 'multimodal'],
  ['qvq-max', 'multimodal'],
])('asks %s by its path for %s', (model, kind) => {
  expect(addressOf(modelStudio, native, 'dashscope', { model })).toBe(
    `${generation}/${kind}-generation/generation`,
  )
})

test('asks by the multimodal path when a message holds a picture, with all contents as lists', () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ image: 'https://example.com/a.png' }, { text: 'What is this?' }] },
  ]
  const call = { model: 'qwen-max', stream: true, body: { input: { messages } } }
  const [route] = modelStudio.prepare(native, testTools).routes
  route?.prepareBody?.(call)
  expect(route?.path(call)).toContain('/multimodal-generation/')
  expect(messages[0]?.content).toEqual([{ text: 'Be brief.' }])
  expect(route?.headers(call)).toEqual(['x-dashscope-sse', 'enable'])
  expect(route?.headers({ ...call, stream: false })).toEqual([])
})

test('finds the base URL of each region for both protocols', () => {
  const at = (protocol: 'openai' | 'native', region: string) =>
    presetBaseUrl(modelStudio.manifest, protocol, { region })
  expect(at('openai', 'ap-southeast-1')).toBe('https://dashscope-intl.aliyuncs.com/compatible-mode/v1')
  expect(at('native', 'us-east-1')).toBe('https://dashscope-us.aliyuncs.com')
  expect(at('openai', '')).toBe('https://dashscope.aliyuncs.com/compatible-mode/v1')
})
