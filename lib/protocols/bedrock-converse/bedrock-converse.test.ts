import { describe, expect, test } from 'vitest'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { encodeAwsEventStream } from '@/lib/protocols/framing/frame-encoder.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { describeChatCodec } from '@/lib/protocols/testing/chat-codec-contract.ts'
import { context, readStream } from '@/lib/protocols/testing/read-stream.ts'
import { recorded } from '@/lib/protocols/testing/recorded.ts'
import { bedrockConverse } from './bedrock-converse.ts'

const fixtures = recorded(import.meta.url)

/** Each event as an object of one member, named as the event is. */
function messages(...events: JsonObject[]): Buffer {
  return encodeAwsEventStream(
    events.flatMap((event) =>
      Object.entries(event).map(([name, body]) => ({ event: name, data: JSON.stringify(body) })),
    ),
  )
}

function recordedStream(name: string): Buffer {
  const lines = fixtures.bytes(name).toString().split('\n')
  return messages(...lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JsonObject))
}

const delta = (contentBlockIndex: number, content: JsonObject): JsonObject => ({
  contentBlockDelta: { contentBlockIndex, delta: content },
})
const usage = {
  inputTokens: 5,
  outputTokens: 9,
  totalTokens: 24,
  cacheReadInputTokens: 8,
  cacheWriteInputTokens: 2,
}
const thoughtfulReply: JsonObject = {
  output: {
    message: {
      role: 'assistant',
      content: [
        { reasoningContent: { reasoningText: { text: 'Both.', signature: 'c2ln' } } },
        { reasoningContent: { redactedContent: 'cmVkYWN0ZWQ=' } },
        { text: 'I ask.' },
        { toolUse: { toolUseId: 't1', name: 'weather', input: { city: 'Oslo' } } },
        { toolUse: { toolUseId: 't2', name: 'weather', input: { city: 'Rome' } } },
      ],
    },
  },
  stopReason: 'tool_use',
  usage,
  metrics: { latencyMs: 5 },
}

describeChatCodec({
  codec: bedrockConverse,
  replies: {
    text: fixtures.json('amazon-bedrock-text.json'),
    'tool call': fixtures.json('amazon-bedrock-tool-call.1.json'),
    'call without arguments': fixtures.json('amazon-bedrock-tool-no-args.json'),
    basic: fixtures.json('bedrock-converse-basic.json'),
    'thoughts and parallel calls': thoughtfulReply,
    'a stop sequence': {
      output: { message: { role: 'assistant', content: [{ text: 'A' }] } },
      stopReason: 'stop_sequence',
      additionalModelResponseFields: { stop_sequence: 'END' },
    },
  },
  streams: {
    text: recordedStream('amazon-bedrock-text.chunks.txt'),
    'tool call': recordedStream('amazon-bedrock-tool-call.1.chunks.txt'),
    'call without arguments': recordedStream('amazon-bedrock-tool-no-args.chunks.txt'),
    'as sent': fixtures.bytes('converse-streaming.bin'),
    'thoughts and parallel calls in turn': messages(
      { messageStart: { role: 'assistant' } },
      delta(0, { reasoningContent: { text: 'Both.' } }),
      delta(0, { reasoningContent: { signature: 'c2ln' } }),
      { contentBlockStop: { contentBlockIndex: 0 } },
      delta(1, { reasoningContent: { redactedContent: 'cmVk' } }),
      { contentBlockStart: { contentBlockIndex: 2, start: { toolUse: { toolUseId: 'a', name: 'f' } } } },
      { contentBlockStart: { contentBlockIndex: 3, start: { toolUse: { toolUseId: 'b', name: 'g' } } } },
      delta(3, { toolUse: { input: '{"x":' } }),
      delta(2, { toolUse: { input: '{}' } }),
      delta(3, { toolUse: { input: '1}' } }),
      { contentBlockStop: { contentBlockIndex: 2 } },
      { contentBlockStop: { contentBlockIndex: 3 } },
      { messageStop: { stopReason: 'tool_use' } },
      { metadata: { usage, metrics: { latencyMs: 3 } } },
    ),
    'an exception after a text': messages({ messageStart: { role: 'assistant' } }, delta(0, { text: 'So' }), {
      modelStreamErrorException: { message: 'It broke.', originalStatusCode: 500 },
    }),
  },
  failures: {
    throttled: { status: 429, body: { message: 'Too many tokens.' }, kind: 'rate-limit' },
    'a wrong field': { status: 400, body: { message: 'Malformed input.' }, kind: 'invalid-request' },
    'no right to the model': { status: 403, body: { Message: 'Not authorized.' }, kind: 'permission' },
    'a wrong key': {
      status: 403,
      body: { __type: 'com.amazon.coral.service#UnrecognizedClientException', message: 'Token invalid.' },
      kind: 'authentication',
    },
    'no such model': { status: 404, body: { message: 'Unknown model.' }, kind: 'not-found' },
    busy: { status: 503, body: { message: 'Busy.' }, kind: 'overloaded' },
    quota: {
      status: 400,
      body: { __type: 'ServiceQuotaExceededException', message: 'Full.' },
      kind: 'quota',
    },
    late: { status: 408, body: { message: 'Too late.' }, kind: 'timeout' },
    'a failing model': {
      status: 424,
      body: { __type: 'ModelErrorException', message: 'X' },
      kind: 'upstream',
    },
    'a page': { status: 502, body: '<html>', kind: 'upstream' },
  },
  requests: {
    'with everything': {
      system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
      messages: [
        {
          role: 'user',
          content: [
            { text: 'What is this?' },
            { image: { format: 'jpeg', source: { bytes: 'aW1hZ2U=' } } },
            { document: { format: 'pdf', name: 'a report', source: { bytes: 'JVBERg==' } } },
            { video: { format: 'mp4', source: { s3Location: { uri: 's3://bucket/a.mp4' } } } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'I look.', signature: 'c2ln' } } },
            { toolUse: { toolUseId: 't1', name: 'look', input: { deep: true } } },
            { toolUse: { toolUseId: 't2', name: 'look', input: {} } },
          ],
        },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: 't1', content: [{ json: { seen: 'a cat' } }], status: 'success' } },
            {
              toolResult: {
                toolUseId: 't2',
                content: [{ text: 'dark' }, { image: { format: 'png', source: { bytes: 'AAAA' } } }],
                status: 'error',
              },
            },
            { text: 'And now?' },
            { cachePoint: { type: 'default' } },
          ],
        },
      ],
      inferenceConfig: { maxTokens: 4000, temperature: 0.5, topP: 0.9, stopSequences: ['END'] },
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'look',
              description: 'Looks.',
              inputSchema: { json: { type: 'object' } },
              strict: true,
            },
          },
          { cachePoint: { type: 'default' } },
        ],
        toolChoice: { any: {} },
      },
      additionalModelRequestFields: {
        top_k: 40,
        anthropic_beta: ['x'],
      },
      guardrailConfig: { guardrailIdentifier: 'g' },
    },
    thinking: {
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      inferenceConfig: { maxTokens: 4000, topP: 0.95 },
      additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2000 } },
    },
    'with a schema': {
      messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { name: 'place', schema: '{"type":"object"}' } },
        },
      },
    },
  },
  requestsLose: [
    'n',
    'presence_penalty',
    'frequency_penalty',
    'seed',
    'user',
    'parallel_tool_calls',
    'response_format.json',
    'image.url',
    'image.detail',
    'file.url',
    'audio',
    'reasoning-part.unsigned',
    'refusal',
  ],
  requestsTranslate: ['tool_choice', 'file.name', 'file.data', 'reasoning', 'reasoning.effort'],
  answersLose: ['choices', 'refusal', 'usage.reasoning'],
  answersTranslate: ['stop.refusal', 'stop.pause', 'stop.other', 'stop.sequence'],
})

describe('callers of Converse', () => {
  test.each([
    [{}, 'messages'],
    [{ messages: [{ role: 'system', content: [] }] }, 'messages[0].role'],
    [{ messages: [{ role: 'user', content: 'Hi' }] }, 'messages[0].content'],
    [{ messages: [], inferenceConfig: { maxTokens: '5' } }, 'inferenceConfig.maxTokens'],
    [{ messages: [], toolConfig: { tools: [{ toolSpec: {} }] } }, 'toolConfig.tools[0].toolSpec.name'],
  ])('are told what is wrong with %j', (body, param) => {
    const read = () =>
      bedrockConverse.readRequest(body as JsonObject, { model: 'm', stream: false }, new DroppedFields())
    expect(read).toThrow(ProtocolError)
    expect(read).toThrow(expect.objectContaining({ param }))
  })

  test('get every block of a stream started and stopped once, in order', () => {
    const writer = bedrockConverse.streamWriter(context, new DroppedFields())
    const frames = [
      { type: 'start', id: 'x', model: 'm', createdAt: null },
      { type: 'reasoning', choice: 0, text: 'Hm' },
      { type: 'text', choice: 0, text: 'A' },
      { type: 'tool-call', choice: 0, index: 0, id: 'a', name: 'f' },
      { type: 'tool-call', choice: 0, index: 1, id: 'b', name: 'f' },
      { type: 'tool-arguments', choice: 0, index: 0, text: '{}' },
      { type: 'stop', choice: 0, stop: { reason: 'tool-calls', sequence: null } },
      { type: 'end' },
    ].flatMap((event) => [...writer.write(event as Parameters<typeof writer.write>[0])])
    const told = frames.map(({ event, data }) => {
      const body: unknown = JSON.parse(data)
      return `${event} ${isJsonObject(body) ? (body['contentBlockIndex'] ?? '') : ''}`.trim()
    })
    expect(told).toEqual([
      'messageStart',
      'contentBlockDelta 0',
      'contentBlockStop 0',
      'contentBlockDelta 1',
      'contentBlockStop 1',
      'contentBlockStart 2',
      'contentBlockStart 3',
      'contentBlockDelta 2',
      'contentBlockStop 2',
      'contentBlockStop 3',
      'messageStop',
    ])
  })
})

test.each([
  ['throttlingException', 'rate-limit', 429],
  ['validationException', 'invalid-request', 400],
  ['serviceUnavailableException', 'overloaded', 503],
  ['internalServerException', 'upstream', 500],
  ['modelTimeoutException', 'timeout', 504],
  ['InternalFailureException', 'upstream', 502],
])('an exception %s within a stream is %s', (name, kind, status) => {
  expect(readStream(bedrockConverse, [messages({ [name]: { message: 'M' } })])).toMatchObject([
    { type: 'error', failure: { kind, status, message: 'M', code: name } },
    { type: 'end' },
  ])
})
