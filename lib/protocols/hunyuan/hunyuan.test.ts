import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '@/lib/protocols/canonical.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { describeServiceCodec } from '@/lib/protocols/testing/chat-codec-contract.ts'
import { plainRequest } from '@/lib/protocols/testing/plain-request.ts'
import { hunyuan } from './hunyuan.ts'

const chunks = (...bodies: JsonObject[]): Buffer =>
  Buffer.from(bodies.map((body) => `data: ${JSON.stringify(body)}\n\n`).join(''))
const chunk = (Delta: JsonObject, FinishReason: string, CompletionTokens: number): JsonObject => ({
  Note: 'Written by a model.',
  Choices: [{ Delta: { Role: 'assistant', ...Delta }, FinishReason }],
  Created: 1718161577,
  Id: 'h1',
  Usage: { PromptTokens: 4, CompletionTokens, TotalTokens: 4 + CompletionTokens },
})
const call = (Index: number, Id: string, Name: string, Arguments: string): JsonObject => ({
  Content: '',
  ToolCalls: [{ Id, Type: 'function', Index, Function: { Name, Arguments } }],
})
const refused = (Code: string): JsonObject => ({
  Response: { RequestId: 'r1', Error: { Code, Message: `It said ${Code}.` } },
})

describeServiceCodec({
  codec: hunyuan,
  replies: {
    thoughtful: {
      Response: {
        RequestId: 'r1',
        Note: 'Written by a model.',
        Choices: [
          {
            Index: 0,
            FinishReason: 'stop',
            Message: { Role: 'assistant', Content: '你好。', ReasoningContent: '他问候。' },
          },
        ],
        Created: 1718161577,
        Id: 'h1',
        Usage: { PromptTokens: 4, CompletionTokens: 9, TotalTokens: 13 },
      },
    },
    'parallel calls': {
      Response: {
        RequestId: 'r1',
        Choices: [
          {
            FinishReason: 'tool_calls',
            Message: {
              Role: 'assistant',
              Content: '',
              ToolCalls: [
                { Id: 'a', Type: 'function', Index: 0, Function: { Name: 'f', Arguments: '{"x":1}' } },
                { Id: 'b', Type: 'function', Index: 1, Function: { Name: 'g', Arguments: '{}' } },
              ],
            },
          },
        ],
        Created: 1718161577,
        Id: 'h2',
        Usage: { PromptTokens: 4, CompletionTokens: 9, TotalTokens: 13 },
      },
    },
  },
  streams: {
    thoughtful: chunks(
      chunk({ Content: '', ReasoningContent: '他' }, '', 1),
      chunk({ Content: '你' }, '', 2),
      chunk({ Content: '好 🌍' }, '', 3),
      chunk({ Content: '' }, 'stop', 3),
    ),
    'parallel calls, whose names come again': chunks(
      chunk(call(0, 'a', 'f', ''), '', 1),
      chunk(call(0, 'a', 'f', '{"x":'), '', 2),
      chunk(call(0, 'a', 'f', '1}'), '', 3),
      chunk(call(1, 'b', 'g', '{}'), '', 4),
      chunk({ Content: '' }, 'tool_calls', 4),
    ),
    'moderated, with a last word of its own': Buffer.concat([
      chunks(chunk({ Content: 'So' }, 'sensitive', 1)),
      Buffer.from('data: [DONE]\n\n'),
    ]),
    'an error after a chunk': chunks(chunk({ Content: 'So' }, '', 1), {
      ErrorMsg: { Msg: 'It broke.', Code: 4001 },
      Id: 'h1',
    }),
    'an answer that is an error, and no stream': Buffer.from(
      JSON.stringify(refused('FailedOperation.EngineRequestTimeout')),
    ),
  },
  failures: {
    'a wrong signature': {
      status: 200,
      body: refused('AuthFailure.SignatureFailure'),
      kind: 'authentication',
    },
    'no right': { status: 200, body: refused('AuthFailure.UnauthorizedOperation'), kind: 'permission' },
    'a wrong field': {
      status: 200,
      body: refused('InvalidParameterValue.Temperature'),
      kind: 'invalid-request',
    },
    'no such model': { status: 200, body: refused('InvalidParameterValue.Model'), kind: 'not-found' },
    'too often': { status: 200, body: refused('RequestLimitExceeded'), kind: 'rate-limit' },
    'no money': { status: 200, body: refused('FailedOperation.ResourcePackExhausted'), kind: 'quota' },
    late: { status: 200, body: refused('FailedOperation.EngineRequestTimeout'), kind: 'timeout' },
    'unwanted words': {
      status: 200,
      body: refused('OperationDenied.TextIllegalDetected'),
      kind: 'content-filter',
    },
    'a page': { status: 502, body: '<html>', kind: 'upstream' },
  },
  requestsLose: [
    'max_tokens',
    'n',
    'top_k',
    'presence_penalty',
    'frequency_penalty',
    'user',
    'parallel_tool_calls',
    'tool_choice',
    'tools.strict',
    'response_format.json',
    'response_format.json-schema',
    'reasoning.effort',
    'reasoning.budget',
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

test.each([
  ['AuthFailure.SignatureFailure', 'authentication', 401],
  ['RequestLimitExceeded', 'rate-limit', 429],
  ['InvalidParameter', 'invalid-request', 400],
  ['InternalError', 'upstream', 502],
])('an answer of 200 that holds %s is a failure', (code, kind, status) => {
  expect(hunyuan.failureWithin(refused(code))).toMatchObject({ kind, status, code })
})

describe('requests for Hunyuan', () => {
  const write = (change: Partial<ChatRequest>): JsonObject =>
    hunyuan.writeRequest({ ...plainRequest, maxTokens: null, ...change }, new DroppedFields())

  test('are written in its words', () => {
    const parameters = { type: 'object', properties: {} }
    const tool = { name: 'f', description: 'F.', parameters, strict: null }
    const written = {
      Type: 'function',
      Function: { Name: 'f', Description: 'F.', Parameters: JSON.stringify(parameters) },
    }
    expect(
      write({
        messages: [
          { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
          {
            role: 'user',
            parts: [
              { type: 'text', text: 'What is this?' },
              { type: 'image', source: { kind: 'data', mediaType: 'image/png', data: 'AAAA' }, detail: null },
            ],
          },
          { role: 'assistant', parts: [{ type: 'tool-call', id: 'a', name: 'f', arguments: '{}' }] },
          {
            role: 'tool',
            parts: [
              {
                type: 'tool-result',
                callId: 'a',
                name: 'f',
                parts: [{ type: 'text', text: 'rain' }],
                isError: false,
              },
            ],
          },
        ],
        tools: [tool],
        toolChoice: { type: 'tool', name: 'f' },
        temperature: 0.5,
        seed: 7,
        stop: ['END'],
        stream: true,
        reasoning: { enabled: true, effort: null, budgetTokens: null },
      }),
    ).toEqual({
      Model: 'model-a',
      Messages: [
        { Role: 'system', Content: 'Be brief.' },
        {
          Role: 'user',
          Contents: [
            { Type: 'text', Text: 'What is this?' },
            { Type: 'image_url', ImageUrl: { Url: 'data:image/png;base64,AAAA' } },
          ],
        },
        {
          Role: 'assistant',
          Content: '',
          ToolCalls: [{ Id: 'a', Type: 'function', Function: { Name: 'f', Arguments: '{}' }, Index: 0 }],
        },
        { Role: 'tool', Content: 'rain', ToolCallId: 'a' },
      ],
      Stream: true,
      Temperature: 0.5,
      Seed: 7,
      Stop: ['END'],
      EnableThinking: true,
      Tools: [written],
      ToolChoice: 'custom',
      CustomTool: written,
    })
  })
})
