import { describe, expect, test } from 'vitest'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { describeServiceCodec } from '@/lib/protocols/testing/chat-codec-contract.ts'
import { plainRequest } from '@/lib/protocols/testing/plain-request.ts'
import { readStream } from '@/lib/protocols/testing/read-stream.ts'
import { difyWorkflow } from './dify-workflow.ts'
import { textOfOutputs } from './outputs.ts'

const events = (...bodies: JsonObject[]): Buffer =>
  Buffer.from(bodies.map((body) => `data: ${JSON.stringify(body)}\n\n`).join('event: ping\n\n'))
const event = (name: string, data: JsonObject): JsonObject => ({
  event: name,
  task_id: 't1',
  workflow_run_id: 'w1',
  data: { id: 'd1', created_at: 1705407629, ...data },
})
const run = (status: string, outputs: JsonObject | null, error: string | null = null): JsonObject => ({
  workflow_id: 'f1',
  status,
  outputs,
  error,
  elapsed_time: 0.875,
  total_tokens: 3562,
})
const node = (prompt_tokens: number, completion_tokens: number): JsonObject =>
  event('node_finished', {
    node_type: 'llm',
    status: 'succeeded',
    outputs: { text: 'A', usage: { prompt_tokens, completion_tokens } },
  })

describeServiceCodec({
  codec: difyWorkflow,
  replies: {
    succeeded: { workflow_run_id: 'w1', task_id: 't1', data: run('succeeded', { text: '你好。' }) },
    stopped: { workflow_run_id: 'w1', task_id: 't1', data: run('stopped', {}) },
    'several outputs': { workflow_run_id: 'w1', data: run('succeeded', { a: 1, b: ['x'] }) },
  },
  streams: {
    'in pieces': events(
      event('workflow_started', {}),
      event('node_started', { node_type: 'llm' }),
      event('text_chunk', { text: '你', from_variable_selector: ['n1', 'text'] }),
      event('text_chunk', { text: '好 🌍', from_variable_selector: ['n1', 'text'] }),
      node(10, 4),
      node(20, 5),
      event('workflow_finished', run('succeeded', { text: '你好 🌍' })),
    ),
    'all at the end': events(
      event('workflow_started', {}),
      event('workflow_finished', run('succeeded', { answer: 'Hi' })),
    ),
    failed: events(
      event('workflow_started', {}),
      event('workflow_finished', run('failed', null, 'Node LLM broke.')),
    ),
    'an error': events({
      event: 'error',
      task_id: 't1',
      status: 429,
      code: 'rate_limit_error',
      message: 'No.',
    }),
  },
  failures: {
    'a chat’s key': {
      status: 400,
      body: { code: 'not_workflow_app', message: 'Please check if your app mode matches.', status: 400 },
      kind: 'invalid-request',
    },
    'a failing model': {
      status: 400,
      body: { code: 'completion_request_error', message: 'Broke.' },
      kind: 'upstream',
    },
    'a wrong key': { status: 401, body: { code: 'unauthorized', message: 'No.' }, kind: 'authentication' },
    'a page': { status: 504, body: '<html>', kind: 'timeout' },
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
    'system',
    'history',
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

describe('requests for workflows of Dify', () => {
  test('hold the last question, and name the conversation that they leave out', () => {
    const dropped = new DroppedFields()
    const body = difyWorkflow.writeRequest(
      {
        ...plainRequest,
        maxTokens: null,
        messages: [
          { role: 'user', parts: [{ type: 'text', text: 'First' }] },
          { role: 'assistant', parts: [{ type: 'text', text: 'Yes' }] },
          { role: 'user', parts: [{ type: 'text', text: 'Last' }] },
        ],
      },
      dropped,
    )
    expect(body).toEqual({ inputs: { query: 'Last' }, response_mode: 'blocking', user: 'switchyard' })
    expect(dropped.names).toEqual(['messages'])
  })
})

test.each<[JsonObject | null, string]>([
  [null, ''],
  [{}, ''],
  [{ anything: 'A' }, 'A'],
  [{ score: 1, answer: 'A' }, 'A'],
  [{ score: 1 }, '{"score":1}'],
  [{ a: 'A', b: 'B' }, '{"a":"A","b":"B"}'],
])('what a workflow says with the outputs %j is %s', (outputs, text) => {
  expect(textOfOutputs(outputs)).toBe(text)
})

test('a failed run of an answer of 200 is a failure', () => {
  const body = { workflow_run_id: 'w1', data: run('failed', null, 'Node LLM broke.') }
  expect(difyWorkflow.failureWithin(body)).toMatchObject({ kind: 'upstream', message: 'Node LLM broke.' })
})

test('the tokens of the nodes add up, where they are told', () => {
  const told = readStream(difyWorkflow, [
    events(node(10, 4), node(20, 5), event('workflow_finished', run('succeeded', { text: 'A' }))),
  ])
  expect(told).toContainEqual({
    type: 'usage',
    usage: { input: 30, output: 9, cachedInput: null, cacheWriteInput: null, reasoning: null },
  })
})
