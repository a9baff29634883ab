import { expect, test } from 'vitest'
import { modelApiCurl, modelApiSdk } from './model-api.ts'

const chat = {
  apiType: 'openai-chat',
  url: 'http://gw.example:8080/team/v1/chat/completions',
  body: { model: "it's", messages: [{ role: 'user', content: '你好' }] },
  needsKey: false,
} as const

test('a curl command names address, headers and body, quoted for bash', () => {
  const curl = modelApiCurl(chat)
  expect(curl).toContain('curl http://gw.example:8080/team/v1/chat/completions \\\n')
  expect(curl).toContain("-H 'Content-Type: application/json'")
  expect(curl).toContain(`"model": "it'\\''s"`)
  expect(curl).not.toContain('Authorization')
})

test('the SDK gets the base address that it appends the path to', () => {
  expect(modelApiSdk(chat)).toContain('OpenAI(base_url="http://gw.example:8080/team/v1", api_key="unused")')
})

test('the SDK of Anthropic begins its path with /v1', () => {
  const snippet = modelApiSdk({
    apiType: 'anthropic-messages',
    url: 'http://gw.example:8080/team/v1/messages',
    body: { model: 'm', max_tokens: 256, messages: [] },
    needsKey: false,
  })
  expect(snippet).toContain('Anthropic(base_url="http://gw.example:8080/team", api_key="unused")')
  expect(snippet).toContain('client.messages.create(\n    model="m",\n    max_tokens=256,')
})

test('where only consumers are admitted the key comes from the environment', () => {
  const guarded = { ...chat, needsKey: true }
  expect(modelApiCurl(guarded)).toContain('-H "Authorization: Bearer $CONSUMER_KEY" \\\n')
  expect(modelApiSdk(guarded)).toMatch(/^import os\n\nfrom openai import OpenAI\n/)
  expect(modelApiSdk(guarded)).toContain('api_key=os.environ["CONSUMER_KEY"])')
})
