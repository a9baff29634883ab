import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '@/lib/protocols/canonical.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { describeServiceCodec } from '@/lib/protocols/testing/chat-codec-contract.ts'
import { plainRequest } from '@/lib/protocols/testing/plain-request.ts'
import { readStream } from '@/lib/protocols/testing/read-stream.ts'
import { difyChat } from './dify-chat.ts'

const ping = 'event: ping\n\n'
const events = (...bodies: JsonObject[]): Buffer =>
  Buffer.from(bodies.map((body) => `data: ${JSON.stringify(body)}\n\n`).join(ping))

const ids = { task_id: 't1', message_id: 'm1', conversation_id: 'c1', created_at: 1705395332 }
const said = (answer: string, event = 'message'): JsonObject => ({ event, ...ids, id: 'm1', answer })
const usage = { prompt_tokens: 33, completion_tokens: 5, total_tokens: 38, currency: 'USD', latency: 1.2 }
const messageEnd: JsonObject = {
  event: 'message_end',
  ...ids,
  id: 'm1',
  metadata: { usage, retriever_resources: [] },
}
const finished = (status: string, error: string | null): JsonObject => ({
  event: 'workflow_finished',
  task_id: 't1',
  workflow_run_id: 'w1',
  data: { id: 'w1', status, outputs: {}, error, total_tokens: 63127 },
})

describeServiceCodec({
  codec: difyChat,
  replies: {
    blocking: {
      event: 'message',
      ...ids,
      id: 'm1',
      mode: 'chat',
      answer: '你好。',
      metadata: { usage, retriever_resources: [{ position: 1, content: 'a document' }] },
    },
    'without usage': { event: 'message', ...ids, answer: 'Hi', metadata: {} },
  },
  streams: {
    chat: events(said('你'), said('好 🌍'), messageEnd),
    agent: events(
      { event: 'agent_thought', ...ids, id: 'a1', position: 1, thought: '', tool: '', observation: '' },
      said('I look.', 'agent_message'),
      { event: 'agent_thought', ...ids, id: 'a1', position: 1, thought: 'I look.', tool: 'search' },
      { event: 'message_file', ...ids, id: 'f1', type: 'image', belongs_to: 'assistant', url: '/a.png' },
      said(' A cat.', 'agent_message'),
      messageEnd,
    ),
    chatflow: events(
      { event: 'workflow_started', task_id: 't1', workflow_run_id: 'w1', data: { id: 'w1' } },
      { event: 'node_started', task_id: 't1', workflow_run_id: 'w1', data: { node_type: 'llm' } },
      said('A'),
      { event: 'node_finished', task_id: 't1', workflow_run_id: 'w1', data: { status: 'succeeded' } },
      finished('succeeded', null),
      messageEnd,
      { event: 'tts_message_end', ...ids, audio: '' },
    ),
    moderated: events(said('Bad'), said('I may not say so.', 'message_replace'), messageEnd),
    'an error': events(said('So'), {
      event: 'error',
      ...ids,
      status: 400,
      code: 'provider_quota_exceeded',
      message: 'No more.',
    }),
    'a failed chatflow': events(finished('failed', 'Node LLM broke.')),
  },
  failures: {
    'a wrong field': {
      status: 400,
      body: { code: 'invalid_param', message: 'query is required', status: 400, params: 'query' },
      kind: 'invalid-request',
    },
    'a wrong key': {
      status: 401,
      body: { code: 'unauthorized', message: 'Access token is invalid', status: 401 },
      kind: 'authentication',
    },
    unpublished: { status: 400, body: { code: 'app_unavailable', message: 'No.' }, kind: 'not-found' },
    'no quota': { status: 400, body: { code: 'provider_quota_exceeded', message: 'No.' }, kind: 'quota' },
    'too often': { status: 429, body: { code: 'too_many_requests', message: 'No.' }, kind: 'rate-limit' },
    broken: { status: 500, body: { code: 'internal_server_error', message: 'No.' }, kind: 'upstream' },
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
    'parallel_tool_calls',
    'tool_choice',
    'tools',
    'tools.strict',
    'response_format.json',
    'response_format.json-schema',
    'reasoning',
    'reasoning.effort',
    'reasoning.budget',
    'image.data',
    'image.detail',
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

describe('requests for chats of Dify', () => {
  const write = (change: Partial<ChatRequest>): JsonObject =>
    difyChat.writeRequest({ ...plainRequest, maxTokens: null, ...change }, new DroppedFields())
  const text = (said: string) => ({ type: 'text', text: said }) as const

  test('ask a question alone as it is, with what can be shown by address', () => {
    const show = (type: 'image' | 'file' | 'audio', url: string) => ({
      ...({ type, source: { kind: 'url', url } } as const),
      detail: null,
      name: null,
    })
    const parts = [
      text('What is this?'),
      show('image', 'https://a.example/b.png'),
      show('file', 'https://a.example/c'),
    ]
    expect(
      write({ messages: [{ role: 'user', parts: parts as never }], user: 'user-1', stream: true }),
    ).toEqual({
      inputs: {},
      query: 'What is this?',
      response_mode: 'streaming',
      user: 'user-1',
      files: [
        { type: 'image', transfer_method: 'remote_url', url: 'https://a.example/b.png' },
        { type: 'document', transfer_method: 'remote_url', url: 'https://a.example/c' },
      ],
      auto_generate_name: false,
    })
  })

  test('name a user where the caller named none', () => {
    expect(write({})['user']).toBe('switchyard')
  })

  test('put instructions before a question, and write a conversation as one text', () => {
    const system = { role: 'system', parts: [text('Be brief.')] } as const
    const hello = { role: 'user', parts: [text('Hello')] } as const
    expect(write({ messages: [system, hello] })['query']).toBe('Be brief.\n\nHello')
    expect(
      write({
        messages: [system, hello, { role: 'assistant', parts: [text('Hi'), text('!')] }, hello],
      })['query'],
    ).toBe('System: Be brief.\n\nUser: Hello\n\nAssistant: Hi!\n\nUser: Hello')
  })
})

test('an error of an answer of 200 is a failure', () => {
  const body = { event: 'error', status: 400, code: 'invalid_param', message: 'M' }
  expect(difyChat.failureWithin(body)).toMatchObject({ kind: 'invalid-request', status: 400 })
})

test('a stream without its message_end has broken off', () => {
  expect(readStream(difyChat, [events(said('So'))]).slice(-2)).toMatchObject([
    { type: 'error', failure: { kind: 'upstream' } },
    { type: 'end' },
  ])
})
