import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '@/lib/protocols/canonical.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { describeServiceCodec } from '@/lib/protocols/testing/chat-codec-contract.ts'
import { plainRequest } from '@/lib/protocols/testing/plain-request.ts'
import { modelStudioApp } from './model-studio-app.ts'

const request_id = '7c2f0001'
const models = (output_tokens: number): JsonObject => ({
  models: [
    { model_id: 'qwen-max', input_tokens: 74, output_tokens },
    { model_id: 'qwen-turbo', input_tokens: 6, output_tokens: 1 },
  ],
})
const result = (output: JsonObject, output_tokens: number): string =>
  `id:1\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify({
    output: { session_id: 's1', finish_reason: 'null', ...output },
    usage: models(output_tokens),
    request_id,
  })}\n\n`
const errorEvent = (code: string): string =>
  `id:2\nevent:error\n:HTTP_STATUS/400\ndata:${JSON.stringify({ code, message: 'It broke.', request_id })}\n\n`

describeServiceCodec({
  codec: modelStudioApp,
  replies: {
    text: {
      output: { finish_reason: 'stop', session_id: 's1', text: '你好。' },
      usage: models(20),
      request_id,
    },
    'with thoughts': {
      output: {
        finish_reason: 'stop',
        session_id: 's1',
        text: 'A cat.',
        thoughts: [
          { action_type: 'reasoning', action_name: 'Thinking', thought: 'I look.' },
          { action_type: 'agentRag', action_name: 'Knowledge', observation: '[]' },
        ],
      },
      usage: {},
      request_id,
    },
  },
  streams: {
    text: Buffer.from(
      result({ text: '你' }, 1) +
        result({ text: '好 🌍' }, 2) +
        result({ text: '', finish_reason: 'stop' }, 3),
    ),
    'with thoughts': Buffer.from(
      result({ text: '', thoughts: [{ action_type: 'reasoning', thought: 'I ' }] }, 1) +
        result({ text: '', thoughts: [{ action_type: 'reasoning', thought: 'look.' }] }, 2) +
        result({ text: 'A cat.', finish_reason: 'stop' }, 4),
    ),
    'an error after an event': Buffer.from(result({ text: 'So' }, 1) + errorEvent('Throttling')),
  },
  failures: {
    'no such application': {
      status: 404,
      body: { code: 'AppNotFound', message: 'App not exists.', request_id },
      kind: 'not-found',
    },
    'of another workspace': {
      status: 403,
      body: { code: 'App.AccessDenied', message: 'No.', request_id },
      kind: 'permission',
    },
    'a wrong key': { status: 401, body: { code: 'InvalidApiKey', message: 'No.' }, kind: 'authentication' },
    'a page': { status: 502, body: '<html>', kind: 'upstream' },
  },
  requestsLose: [
    'n',
    'top_k',
    'presence_penalty',
    'frequency_penalty',
    'seed',
    'stop',
    'temperature',
    'top_p',
    'max_tokens',
    'user',
    'parallel_tool_calls',
    'tool_choice',
    'tools',
    'tools.strict',
    'response_format.json',
    'response_format.json-schema',
    'reasoning.effort',
    'reasoning.budget',
    'image.data',
    'image.detail',
    'file.url',
    'file.data',
    'file.name',
    'audio',
    'cached',
    'tool-result.error',
    'tool-result.image',
    'reasoning-part.signed',
    'reasoning-part.unsigned',
    'redacted-reasoning',
    'refusal',
  ],
})

describe('requests for applications', () => {
  const write = (change: Partial<ChatRequest>): JsonObject =>
    modelStudioApp.writeRequest({ ...plainRequest, maxTokens: null, ...change }, new DroppedFields())
  const hello = plainRequest.messages

  test('ask a question alone as a prompt, with pictures by address', () => {
    const source = { kind: 'url', url: 'https://a.example/b.png' } as const
    const parts = [{ type: 'text', text: 'What?' } as const, { type: 'image', source, detail: null } as const]
    expect(write({ messages: [{ role: 'user', parts }], stream: true })).toEqual({
      input: { prompt: 'What?', image_list: ['https://a.example/b.png'] },
      parameters: { incremental_output: true },
      debug: {},
    })
  })

  test('send a conversation as messages', () => {
    const answer = { role: 'assistant', parts: [{ type: 'text', text: 'Hi' }] } as const
    expect(write({ messages: [...hello, answer, ...hello] })['input']).toEqual({
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hi' },
        { role: 'user', content: 'Hello' },
      ],
    })
  })

  test('ask for thoughts when the caller wants reasoning', () => {
    const reasoning = (enabled: boolean) => ({ enabled, effort: null, budgetTokens: null })
    expect(write({ reasoning: reasoning(true) })['parameters']).toEqual({ has_thoughts: true })
    expect(write({ reasoning: reasoning(false) })['parameters']).toEqual({})
  })
})

test('the tokens of all models of an answer are summed, and the first names it', () => {
  const reply = modelStudioApp.readReply({ output: { text: 'A', finish_reason: 'stop' }, usage: models(20) })
  expect(reply).toMatchObject({ model: 'qwen-max', usage: { input: 80, output: 21 } })
})
