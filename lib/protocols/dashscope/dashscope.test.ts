import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '@/lib/protocols/canonical.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { describeChatCodec } from '@/lib/protocols/testing/chat-codec-contract.ts'
import { plainRequest } from '@/lib/protocols/testing/plain-request.ts'
import { readStream, writeStream } from '@/lib/protocols/testing/read-stream.ts'
import { dashscope } from './dashscope.ts'
import { isMultimodalBody } from './write-messages.ts'

/** As Model Studio writes events: an id, a name, the status as a comment, and no space after the colons. */
function results(...bodies: JsonObject[]): Buffer {
  return Buffer.from(bodies.map((body, index) => resultEvent(index + 1, 'result', 200, body)).join(''))
}

function resultEvent(id: number, name: string, status: number, body: JsonObject): string {
  return `id:${id}\nevent:${name}\n:HTTP_STATUS/${status}\ndata:${JSON.stringify(body)}\n\n`
}

const request_id = '3f7c1a52-0001'
const chunk = (message: JsonObject, finish_reason: string, output_tokens: number): JsonObject => ({
  output: { choices: [{ message: { role: 'assistant', ...message }, finish_reason }] },
  usage: {
    input_tokens: 22,
    output_tokens,
    total_tokens: 22 + output_tokens,
    prompt_tokens_details: { cached_tokens: 6 },
    output_tokens_details: { reasoning_tokens: 3 },
  },
  request_id,
})
const call = (index: number, id: string, name: string, text: string): JsonObject => ({
  content: '',
  tool_calls: [{ index, id, type: 'function', function: { name, arguments: text } }],
})
const refused = { code: 'InvalidParameter', message: 'Range of max_tokens is wrong.', request_id }

describeChatCodec({
  codec: dashscope,
  replies: {
    thoughtful: chunk({ content: '你好。', reasoning_content: '他问候。' }, 'stop', 9),
    'parallel calls': {
      output: {
        choices: [
          {
            finish_reason: 'tool_calls',
            message: {
              role: 'assistant',
              content: '',
              tool_calls: [
                { index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
                { index: 1, id: 'b', type: 'function', function: { name: 'g', arguments: '{}' } },
              ],
            },
          },
        ],
      },
      usage: { input_tokens: 30, output_tokens: 12, total_tokens: 42 },
      request_id,
    },
    'of result format text': {
      output: { text: 'Hi', finish_reason: 'stop' },
      usage: { input_tokens: 1, output_tokens: 1 },
      request_id,
    },
    multimodal: {
      output: {
        choices: [{ finish_reason: 'length', message: { role: 'assistant', content: [{ text: 'A dog' }] } }],
      },
      usage: { input_tokens: 1200, output_tokens: 2, image_tokens: 1180 },
      request_id,
      code: '',
      message: '',
    },
  },
  streams: {
    thoughtful: results(
      chunk({ content: '', reasoning_content: '他' }, 'null', 1),
      chunk({ content: '', reasoning_content: '问候。' }, 'null', 3),
      chunk({ content: '你' }, 'null', 4),
      chunk({ content: '好 🌍' }, 'null', 6),
      chunk({ content: '' }, 'stop', 7),
    ),
    'parallel calls': results(
      chunk(call(0, 'a', 'f', ''), 'null', 1),
      chunk(call(0, '', '', '{"x":'), 'null', 2),
      chunk(call(0, '', '', '1}'), 'null', 3),
      chunk(call(1, 'b', 'g', '{}'), 'tool_calls', 4),
    ),
    'an error alone': Buffer.from(resultEvent(1, 'error', 400, refused)),
    'an error after an event': Buffer.concat([
      results(chunk({ content: 'So' }, 'null', 1)),
      Buffer.from(
        resultEvent(2, 'error', 500, { code: 'InternalError.Algo', message: 'It broke.', request_id }),
      ),
    ]),
  },
  failures: {
    'a wrong field': { status: 400, body: refused, kind: 'invalid-request' },
    'a wrong key': {
      status: 401,
      body: { code: 'InvalidApiKey', message: 'Invalid API-key provided.', request_id },
      kind: 'authentication',
    },
    'no money': { status: 400, body: { code: 'Arrearage', message: 'Access denied.' }, kind: 'quota' },
    'too often': {
      status: 429,
      body: { code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded.' },
      kind: 'rate-limit',
    },
    'unwanted words': {
      status: 400,
      body: { code: 'DataInspectionFailed', message: 'Inappropriate content.' },
      kind: 'content-filter',
    },
    'no such model': { status: 404, body: { code: 'ModelNotFound', message: 'No.' }, kind: 'not-found' },
    late: { status: 500, body: { code: 'RequestTimeOut', message: 'Late.' }, kind: 'timeout' },
    busy: { status: 503, body: { code: 'ModelServingError', message: 'Busy.' }, kind: 'overloaded' },
    forbidden: { status: 403, body: { code: 'AccessDenied', message: 'No.' }, kind: 'permission' },
    'a page': { status: 502, body: '<html>', kind: 'upstream' },
  },
  requests: {
    'with everything': {
      model: 'model-a',
      input: {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Weather?' },
          {
            role: 'assistant',
            content: '',
            reasoning_content: 'I ask.',
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"x":1}' } }],
          },
          { role: 'tool', tool_call_id: 'a', name: 'f', content: 'rain' },
          { role: 'user', content: 'And now?' },
        ],
      },
      parameters: {
        result_format: 'message',
        max_tokens: 100,
        temperature: 0.5,
        top_p: 0.5,
        top_k: 5,
        presence_penalty: 1,
        repetition_penalty: 1.1,
        seed: 7,
        stop: 'END',
        n: 1,
        tools: [
          { type: 'function', function: { name: 'f', description: 'F.', parameters: { type: 'object' } } },
        ],
        tool_choice: { type: 'function', function: { name: 'f' } },
        parallel_tool_calls: true,
        enable_thinking: true,
        thinking_budget: 500,
        enable_search: true,
      },
    },
    multimodal: {
      model: 'model-a',
      input: {
        messages: [
          {
            role: 'user',
            content: [
              { image: 'data:image/png;base64,AAAA' },
              { image: 'https://images.example/a.png' },
              { video: 'https://films.example/a.mp4' },
              { audio: 'https://sounds.example/a.mp3' },
              { text: 'What is this?' },
            ],
          },
        ],
      },
      parameters: { response_format: { type: 'json_object' }, result_format: 'text' },
    },
    'a prompt': { model: 'model-a', input: { prompt: 'Hi' } },
  },
  requestsLose: [
    'frequency_penalty',
    'user',
    'tool_choice',
    'tools.strict',
    'reasoning.effort',
    'image.detail',
    'file.url',
    'file.data',
    'file.name',
    'cached',
    'tool-result.error',
    'reasoning-part.signed',
    'redacted-reasoning',
    'refusal',
  ],
  answersLose: ['reasoning.signature', 'redacted-reasoning', 'refusal', 'stop.sequence'],
  answersTranslate: ['stop.stop-sequence', 'stop.refusal', 'stop.pause', 'stop.other'],
})

function write(change: Partial<ChatRequest>): JsonObject {
  return dashscope.writeRequest({ ...plainRequest, maxTokens: null, ...change }, new DroppedFields())
}

describe('requests for DashScope', () => {
  const image = {
    type: 'image',
    source: { kind: 'url', url: 'https://a.example/b.png' },
    detail: null,
  } as const

  test('are texts for text generation, and arrays throughout for multimodal generation', () => {
    expect(isMultimodalBody(write({}))).toBe(false)
    const seen = write({
      messages: [
        { role: 'system', parts: [{ type: 'text', text: 'A' }] },
        { role: 'user', parts: [image] },
      ],
    })
    expect(isMultimodalBody(seen)).toBe(true)
    expect(seen['input']).toEqual({
      messages: [
        { role: 'system', content: [{ text: 'A' }] },
        { role: 'user', content: [{ image: 'https://a.example/b.png' }] },
      ],
    })
  })

  test('ask for what is new in streams only', () => {
    expect(write({ stream: true })['parameters']).toEqual({
      result_format: 'message',
      incremental_output: true,
    })
    expect(write({})['parameters']).toEqual({ result_format: 'message' })
  })

  test('switch thinking off', () => {
    const reasoning = { enabled: false, effort: null, budgetTokens: null }
    expect(write({ reasoning })['parameters']).toMatchObject({ enable_thinking: false })
  })
})

describe('callers of DashScope', () => {
  test('learn that a stream holds only what is new', () => {
    const dropped = new DroppedFields()
    dashscope.readRequest(
      { model: 'm', input: { prompt: 'Hi' }, parameters: { incremental_output: false } },
      { model: null, stream: true },
      dropped,
    )
    expect(dropped.names).toEqual(['parameters.incremental_output'])
  })

  test.each([
    [{}, 'input'],
    [{ input: {} }, 'input.messages'],
    [{ input: { messages: [{ role: 'robot', content: '' }] } }, 'input.messages[0].role'],
    [{ input: { messages: [{ role: 'user', content: 5 }] } }, 'input.messages[0].content'],
    [{ input: { messages: [{ role: 'tool', content: '' }] } }, 'input.messages[0].tool_call_id'],
    [{ input: { prompt: 'Hi' }, parameters: { top_p: '1' } }, 'parameters.top_p'],
  ])('are told what is wrong with %j', (body, param) => {
    const read = () =>
      dashscope.readRequest(body as JsonObject, { model: 'm', stream: false }, new DroppedFields())
    expect(read).toThrow(ProtocolError)
    expect(read).toThrow(expect.objectContaining({ param }))
  })

  test('get events with the name of their kind', () => {
    const failure = { kind: 'rate-limit', status: 429, message: 'M', code: null, param: null } as const
    const bytes = writeStream(dashscope, [
      { type: 'start', id: 'r', model: 'm', createdAt: null },
      { type: 'text', choice: 0, text: 'A' },
      { type: 'error', failure },
      { type: 'end' },
    ])
    expect(bytes.toString().match(/event: ?\w+/g)).toEqual(['event: result', 'event: error'])
  })
})

test.each([
  ['Throttling.AllocationQuota', 'rate-limit', 429],
  ['data_inspection_failed', 'content-filter', 400],
  ['SomethingNew', 'upstream', 502],
])('an error %s within a stream is %s, without a status of its own', (code, kind, status) => {
  const bytes = Buffer.from(resultEvent(1, 'error', 429, { code, message: 'M', request_id }))
  expect(readStream(dashscope, [bytes])).toMatchObject([
    { type: 'error', failure: { kind, status, code } },
    { type: 'end' },
  ])
})
