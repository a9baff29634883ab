import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '@/lib/protocols/canonical.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { encodeSse } from '@/lib/protocols/framing/frame-encoder.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { describeChatCodec } from '@/lib/protocols/testing/chat-codec-contract.ts'
import { plainRequest } from '@/lib/protocols/testing/plain-request.ts'
import { readStream } from '@/lib/protocols/testing/read-stream.ts'
import { recorded } from '@/lib/protocols/testing/recorded.ts'
import { gemini } from './gemini.ts'

const fixtures = recorded(import.meta.url)
const events = (...chunks: JsonObject[]): Buffer =>
  encodeSse(chunks.map((chunk) => ({ event: null, data: JSON.stringify(chunk) })))
const said = (text: string, index: number, more: JsonObject = {}): JsonObject => ({
  content: { role: 'model', parts: [{ text }] },
  index,
  ...more,
})

const usageMetadata = { promptTokenCount: 20, cachedContentTokenCount: 8, totalTokenCount: 20 }
const parallelCalls: JsonObject = {
  candidates: [
    {
      content: {
        role: 'model',
        parts: [
          { text: 'I compare both.', thought: true },
          { functionCall: { id: 'f1', name: 'weather', args: { city: 'Oslo' } }, thoughtSignature: 'c2ln' },
          { functionCall: { id: 'f2', name: 'weather', args: { city: 'Rome' } } },
        ],
      },
      finishReason: 'STOP',
      index: 0,
    },
  ],
  usageMetadata,
  createTime: '2026-04-01T10:00:00.5Z',
  responseId: 'r1',
  modelVersion: 'gemini-2.5-pro',
}
const blockedPrompt: JsonObject = {
  promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
  usageMetadata: { promptTokenCount: 7, totalTokenCount: 7 },
  responseId: 'r2',
  modelVersion: 'gemini-2.5-pro',
}
const status = (code: number, name: string, details: JsonObject[] = []) => ({
  error: { code, message: `It said ${name}.`, status: name, details },
})

describeChatCodec({
  codec: gemini,
  replies: {
    text: fixtures.json('google-text.json'),
    'tool call': fixtures.json('google-tool-call.json'),
    reasoning: fixtures.json('google-reasoning.json'),
    'parallel calls with ids': parallelCalls,
    'a blocked prompt': blockedPrompt,
  },
  streams: {
    text: fixtures.dataEvents('google-text.chunks.txt'),
    'tool call': fixtures.dataEvents('google-tool-call.chunks.txt'),
    reasoning: fixtures.dataEvents('google-reasoning.chunks.txt'),
    'two candidates, of which one is cut': events(
      { candidates: [said('Yes', 0), said('Non', 1)], responseId: 'r3', modelVersion: 'g' },
      { candidates: [said('.', 0, { finishReason: 'STOP' })], usageMetadata: { promptTokenCount: 4 } },
      { candidates: [said('ne', 1, { finishReason: 'MAX_TOKENS' })] },
    ),
    'a blocked prompt': events(blockedPrompt),
    'an array, without alt=sse': Buffer.from(
      `[${JSON.stringify({ candidates: [said('So {"', 0)], responseId: 'r5', modelVersion: 'g' }, null, 2)}\n,\r\n${JSON.stringify({ candidates: [said('].', 0, { finishReason: 'STOP' })], usageMetadata })}]`,
    ),
    'an array of one error': Buffer.from(JSON.stringify([status(429, 'RESOURCE_EXHAUSTED')])),
    'an error after a chunk': events(
      { candidates: [said('So', 0)], responseId: 'r4', modelVersion: 'g' },
      status(503, 'UNAVAILABLE'),
    ),
  },
  failures: {
    quota: { status: 429, body: fixtures.json('google-429-retry-info.json'), kind: 'rate-limit' },
    'a wrong key': {
      status: 400,
      body: status(400, 'INVALID_ARGUMENT', [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' },
      ]),
      kind: 'authentication',
    },
    'a wrong field': {
      status: 400,
      body: status(400, 'INVALID_ARGUMENT', [
        {
          '@type': 'type.googleapis.com/google.rpc.BadRequest',
          fieldViolations: [{ field: 'contents', description: 'no' }],
        },
      ]),
      kind: 'invalid-request',
    },
    'an array of one': { status: 404, body: [status(404, 'NOT_FOUND')], kind: 'not-found' },
    'a page': { status: 503, body: '<html>', kind: 'overloaded' },
    forbidden: { status: 403, body: status(403, 'PERMISSION_DENIED'), kind: 'permission' },
    late: { status: 504, body: status(504, 'DEADLINE_EXCEEDED'), kind: 'timeout' },
  },
  requests: {
    'with everything': {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'What is this?' },
            { inlineData: { mimeType: 'image/png', data: 'aW1hZ2U=' } },
            { fileData: { mimeType: 'application/pdf', fileUri: 'https://files.example/a.pdf' } },
          ],
        },
        {
          role: 'model',
          parts: [
            { text: 'I look.', thought: true, thoughtSignature: 'dGhvdWdodA==' },
            { functionCall: { name: 'look', args: { deep: true } }, thoughtSignature: 'Y2FsbA==' },
            { functionCall: { name: 'look', args: {} } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { name: 'look', response: { output: 'a cat' } } },
            { functionResponse: { name: 'look', response: { error: 'too dark' } } },
            { text: 'And now?' },
          ],
        },
      ],
      tools: [
        {
          functionDeclarations: [
            {
              name: 'look',
              description: 'Looks.',
              parameters: {
                type: 'OBJECT',
                properties: { deep: { type: 'BOOLEAN', nullable: true } },
                required: ['deep'],
              },
            },
          ],
        },
        { googleSearch: {} },
      ],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['look'] } },
      safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' }],
      generationConfig: {
        maxOutputTokens: 100,
        temperature: 0.5,
        stopSequences: ['END'],
        candidateCount: 1,
        thinkingConfig: { includeThoughts: true, thinkingBudget: 2048 },
        mediaResolution: 'MEDIA_RESOLUTION_LOW',
      },
    },
    'in snake case': {
      system_instruction: { parts: [{ text: 'Be brief.' }] },
      contents: [{ parts: [{ text: 'Hi' }, { inline_data: { mime_type: 'audio/wav', data: 'AAAA' } }] }],
      generation_config: { max_output_tokens: 5, response_mime_type: 'application/json' },
    },
    'with a schema': {
      contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
      generationConfig: {
        responseMimeType: 'application/json',
        responseSchema: {
          title: 'place',
          type: 'OBJECT',
          properties: { name: { type: 'STRING' }, size: { type: 'NUMBER', nullable: true } },
        },
      },
    },
  },
  requestsLose: [
    'user',
    'parallel_tool_calls',
    'tools.strict',
    'image.detail',
    'file.name',
    'cached',
    'redacted-reasoning',
    'refusal',
  ],
  requestsTranslate: ['reasoning.effort', 'tool-result.image'],
  answersLose: ['redacted-reasoning', 'refusal', 'stop.sequence', 'usage.cache-write'],
  answersTranslate: ['stop.stop-sequence', 'stop.refusal', 'stop.pause'],
})

function write(change: Partial<ChatRequest>, dropped = new DroppedFields()): JsonObject {
  return gemini.writeRequest({ ...plainRequest, maxTokens: null, ...change }, dropped)
}

describe('requests for Gemini', () => {
  const call = { type: 'tool-call', id: 'call_1', name: 'f', arguments: '{"a":1}' } as const
  const conversation = [
    ...plainRequest.messages,
    { role: 'assistant', parts: [call, { ...call, id: 'call_2' }] },
    {
      role: 'tool',
      parts: [
        { type: 'tool-result', callId: 'call_1', name: null, parts: [], isError: false },
        {
          type: 'tool-result',
          callId: 'call_2',
          name: null,
          parts: [{ type: 'image', source: { kind: 'url', url: 'https://a.example/b.jpg' }, detail: null }],
          isError: false,
        },
      ],
    },
  ] as const

  test('name the tool of a result by its call, and keep results of parallel calls together', () => {
    expect(write({ messages: conversation })['contents']).toEqual([
      { role: 'user', parts: [{ text: 'Hello' }] },
      {
        role: 'model',
        parts: [
          { functionCall: { id: 'call_1', name: 'f', args: { a: 1 } } },
          { functionCall: { id: 'call_2', name: 'f', args: { a: 1 } } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'call_1', name: 'f', response: { output: '' } } },
          { functionResponse: { id: 'call_2', name: 'f', response: { output: '' } } },
          { fileData: { mimeType: 'image/jpeg', fileUri: 'https://a.example/b.jpg' } },
        ],
      },
    ])
  })

  test('sign the first call of others for the third generation only', () => {
    const signatures = (model: string) =>
      JSON.stringify(write({ model, messages: conversation })).match(/skip_thought_signature_validator/g)
    expect(signatures('gemini-2.5-pro')).toBeNull()
    expect(signatures('gemini-3-pro-preview')).toHaveLength(1)
  })

  test.each([
    ['gemini-2.5-flash', { includeThoughts: true, thinkingBudget: 8192 }],
    ['gemini-3-pro-preview', { includeThoughts: true, thinkingLevel: 'medium' }],
  ])('ask %s to think in its own words', (model, thinkingConfig) => {
    const reasoning = { enabled: true, effort: 'medium', budgetTokens: null } as const
    expect(write({ model, reasoning })['generationConfig']).toEqual({ thinkingConfig })
  })

  test('switch thinking off', () => {
    const reasoning = { enabled: false, effort: null, budgetTokens: null }
    expect(write({ reasoning })['generationConfig']).toEqual({ thinkingConfig: { thinkingBudget: 0 } })
  })

  test('bring all instructions to the front, and say so', () => {
    const dropped = new DroppedFields()
    const system = { role: 'system', parts: [{ type: 'text', text: 'A' }] } as const
    const body = write({ messages: [system, ...plainRequest.messages, system] }, dropped)
    expect(body['systemInstruction']).toEqual({ parts: [{ text: 'A' }, { text: 'A' }] })
    expect(dropped.names).toEqual(['messages[].role'])
  })

  test('name arguments that are no object', () => {
    const dropped = new DroppedFields()
    write({ messages: [{ role: 'assistant', parts: [{ ...call, arguments: '[1' }] }] }, dropped)
    expect(dropped.names).toEqual(['tool_calls[].arguments'])
  })
})

describe('callers of Gemini', () => {
  test.each([
    [{}, 'contents'],
    [{ contents: 'Hi' }, 'contents'],
    [{ contents: [{ role: 'assistant', parts: [] }] }, 'contents[0].role'],
    [{ contents: [], generationConfig: { temperature: 'hot' } }, 'generationConfig.temperature'],
    [{ contents: [{ parts: [{ functionResponse: {} }] }] }, 'contents[0].parts[0].functionResponse.name'],
  ])('are told what is wrong with %j', (body, param) => {
    const read = () =>
      gemini.readRequest(body as JsonObject, { model: 'm', stream: false }, new DroppedFields())
    expect(read).toThrow(ProtocolError)
    expect(read).toThrow(expect.objectContaining({ param }))
  })
})

test('a stream without a finish reason has broken off', () => {
  const bytes = events({ candidates: [said('So', 0)], usageMetadata: { promptTokenCount: 3 } })
  expect(readStream(gemini, [bytes]).slice(-3)).toMatchObject([
    { type: 'usage', usage: { input: 3 } },
    { type: 'error', failure: { kind: 'upstream' } },
    { type: 'end' },
  ])
})
