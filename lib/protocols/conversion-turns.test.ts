import { describe, expect, test } from 'vitest'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse/bedrock-converse.ts'
import type { ServiceCodec } from './codec.ts'
import { ChatConversion } from './conversion.ts'
import { dashscope } from './dashscope/dashscope.ts'
import { difyChat } from './dify-chat/dify-chat.ts'
import { encodeAwsEventStream } from './framing/frame-encoder.ts'
import { gemini } from './gemini/gemini.ts'
import { hunyuan } from './hunyuan/hunyuan.ts'
import type { JsonObject } from './json.ts'
import { modelStudioApp } from './model-studio-app/model-studio-app.ts'
import { openaiChat } from './openai-chat/openai-chat.ts'
import { context } from './testing/read-stream.ts'

const hints = { model: null, stream: false }
const hello = { model: 'gpt', messages: [{ role: 'user', content: 'Hello' }] }
const picture = 'data:image/png;base64,aW1hZ2U='

function ask(conversion: ChatConversion, body: JsonObject, model: string | null = null) {
  const converted = conversion.request(body, hints, model)
  return { body: converted.body, dropped: converted.dropped }
}

function streamed(conversion: ChatConversion, bytes: Buffer | string): JsonObject[] {
  const stream = conversion.stream(context)
  const sent = [stream.push(Buffer.from(bytes)), stream.end()].flatMap((part) => part ?? [])
  const lines = Buffer.concat(sent).toString().split('\n')
  return lines
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice('data: '.length)) as JsonObject)
}

describe('what tools show', () => {
  const toOpenAi = new ChatConversion(anthropicMessages, openaiChat)
  const toAnthropic = new ChatConversion(openaiChat, anthropicMessages)

  test('reaches a service of OpenAI as the user’s, after the results of all calls', () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aW1hZ2U=' } }
    const call = (id: string) => ({ type: 'tool_use', id, name: 'look', input: {} })
    const result = (id: string, content: unknown) => ({ type: 'tool_result', tool_use_id: id, content })
    const messages = [
      { role: 'user', content: 'Look.' },
      { role: 'assistant', content: [call('a'), call('b')] },
      { role: 'user', content: [result('a', [image]), result('b', 'Nothing.')] },
    ] as unknown as JsonObject[]
    const { body, dropped } = ask(toOpenAi, { model: 'claude', max_tokens: 9, messages })
    expect(dropped).toEqual([])
    expect((body['messages'] as JsonObject[]).slice(2)).toEqual([
      { role: 'tool', tool_call_id: 'a', content: '' },
      { role: 'tool', tool_call_id: 'b', content: 'Nothing.' },
      { role: 'user', content: [{ type: 'image_url', image_url: { url: picture } }] },
    ])
  })

  test('reaches a service of Anthropic within the result', () => {
    const messages = [
      ...hello.messages,
      {
        role: 'assistant',
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'look', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: [{ type: 'image_url', image_url: { url: picture } }] },
    ]
    const { body, dropped } = ask(toAnthropic, { model: 'gpt', messages })
    expect(dropped).toEqual([])
    expect((body['messages'] as JsonObject[]).at(-1)).toMatchObject({
      content: [{ type: 'tool_result', content: [{ type: 'image', source: { data: 'aW1hZ2U=' } }] }],
    })
  })

  test('what the model quoted comes back as an array, and is named', () => {
    const said = [{ type: 'text', text: 'As he says.', citations: [{ type: 'char_location' }] }]
    const messages = [...hello.messages, { role: 'assistant', content: said }, ...hello.messages]
    const { body, dropped } = ask(toOpenAi, { model: 'claude', max_tokens: 9, messages })
    expect(dropped).toEqual(['messages[].content[].citations'])
    expect(body['messages']).toContainEqual({ role: 'assistant', content: 'As he says.' })
  })
})

describe('calls whose arguments come in turn', () => {
  const conversion = new ChatConversion(anthropicMessages, openaiChat)
  const chunk = (index: number, call: JsonObject, finish: string | null = null) =>
    `data: ${JSON.stringify({
      id: 'c',
      model: 'gpt',
      choices: [{ index: 0, delta: { tool_calls: [{ index, ...call }] }, finish_reason: finish }],
    })}\n\n`
  const begin = (index: number) => chunk(index, { id: `id${index}`, function: { name: 'f', arguments: '' } })
  const piece = (index: number, text: string) => chunk(index, { function: { arguments: text } })
  const steps = (events: readonly JsonObject[]) =>
    events
      .filter(({ type }) => String(type).startsWith('content_block'))
      .map(({ type, index }) => `${String(type).slice('content_block_'.length)} ${index}`)
  const end = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}\n\ndata: [DONE]\n\n'

  test('reach a caller of Anthropic in blocks that are open as long as pieces may come', () => {
    const bytes = [begin(0), begin(1), piece(0, '{"a":'), piece(1, '{"b":"}'), piece(0, '1}'), piece(1, '"}')]
    expect(steps(streamed(conversion, bytes.join('') + end))).toEqual([
      'start 0',
      'start 1',
      ...['delta 0', 'delta 1', 'delta 0', 'delta 1'],
      'stop 0',
      'stop 1',
    ])
  })

  test('and one block after the other where they come so', () => {
    const bytes = [begin(0), piece(0, '{"a":{}'), piece(0, '}'), begin(1), piece(1, '{}')]
    expect(steps(streamed(conversion, bytes.join('') + end))).toEqual([
      ...['start 0', 'delta 0', 'delta 0', 'stop 0'],
      ...['start 1', 'delta 1', 'stop 1'],
    ])
  })
})

describe('what Gemini signs', () => {
  const conversion = new ChatConversion(openaiChat, gemini)
  const parts = [{ functionCall: { name: 'f', args: {} }, thoughtSignature: 'c2ln' }]
  const answer = {
    responseId: 'r',
    candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }],
  }
  const signed = { extra_content: { google: { thought_signature: 'c2ln' } } }

  test('goes to a caller of OpenAI with the call, and comes back with it', () => {
    const [choice] = conversion.reply(answer, context).body['choices'] as JsonObject[]
    const message = choice?.['message'] as JsonObject
    expect(message['tool_calls']).toMatchObject([signed])
    const result = { role: 'tool', tool_call_id: 'x', content: '1' }
    const { body } = ask(conversion, { model: 'm', messages: [...hello.messages, message, result] })
    expect((body['contents'] as JsonObject[])[1]).toMatchObject({ parts: [{ thoughtSignature: 'c2ln' }] })
    const [, told] = streamed(conversion, `data: ${JSON.stringify(answer)}\n\n`)
    expect(told).toMatchObject({ choices: [{ delta: { tool_calls: [signed] } }] })
  })

  test('is named where it cannot go', () => {
    const toAnthropic = new ChatConversion(anthropicMessages, gemini)
    expect(toAnthropic.reply(answer, context).dropped).toEqual(['thought_signature'])
    const stream = toAnthropic.stream(context)
    stream.push(Buffer.from(`data: ${JSON.stringify(answer)}\n\n`))
    stream.end()
    expect(stream.dropped).toEqual(['thought_signature'])
  })
})

describe('what newer models of Claude refuse', () => {
  const toAnthropic = new ChatConversion(openaiChat, anthropicMessages)
  const toBedrock = new ChatConversion(openaiChat, bedrockConverse)

  test.each([
    [{ temperature: 0.5, top_p: 1 }, { temperature: 0.5 }, []],
    [{ temperature: 1, top_p: 0.9 }, { top_p: 0.9 }, []],
    [{ temperature: 0.5, top_p: 0.9 }, { temperature: 0.5 }, ['top_p']],
    [{ top_p: 0.9 }, { top_p: 0.9 }, []],
  ])('is never a temperature beside a top_p: %j', (samplers, sent, lost) => {
    const { body, dropped } = ask(toAnthropic, { ...hello, ...samplers }, 'claude-opus-4-5')
    const { temperature, top_p } = body
    expect({
      ...(temperature === undefined ? {} : { temperature }),
      ...(top_p === undefined ? {} : { top_p }),
    }).toEqual(sent)
    expect(dropped).toEqual(lost)
    const converse = ask(toBedrock, { ...hello, ...samplers }, 'anthropic.claude-opus-4-5-v1:0')
    expect(Object.keys(converse.body['inferenceConfig'] as JsonObject)).toHaveLength(1)
    expect(converse.dropped).toEqual(lost)
  })

  test.each(['claude-opus-4-7', 'claude-sonnet-5', 'claude-mythos-preview', 'claude-opus-4-10@20270101'])(
    '%s gets an effort instead of a budget, and no samplers',
    (model) => {
      const asked = { ...hello, reasoning_effort: 'medium', temperature: 0.2, top_k: 3 }
      const { body, dropped } = ask(toAnthropic, asked, model)
      expect(body).toMatchObject({ thinking: { type: 'adaptive' }, output_config: { effort: 'medium' } })
      expect(body).not.toHaveProperty('temperature')
      expect(body).not.toHaveProperty('top_k')
      expect(dropped).toEqual(['temperature', 'top_k'])
      const converse = ask(toBedrock, { ...hello, enable_thinking: false }, `anthropic.${model}`).body
      expect(converse).not.toHaveProperty('additionalModelRequestFields')
    },
  )

  test.each(['claude-opus-4-6', 'claude-sonnet-4-20250514', 'claude-3-7-sonnet-latest', 'claude-haiku-4-5'])(
    '%s gets its budget as before',
    (model) => {
      const { body } = ask(toAnthropic, { ...hello, reasoning_effort: 'medium' }, model)
      expect(body['thinking']).toEqual({ type: 'enabled', budget_tokens: 8192 })
    },
  )
})

describe.each([
  ['Anthropic', anthropicMessages],
  ['Gemini', gemini],
  ['Bedrock', bedrockConverse],
])('what the system says to a service of %s', (_, codec) => {
  const conversion = new ChatConversion(openaiChat, codec)
  const system = { role: 'system', content: 'Be brief.' }

  test('is asked as the user’s where nobody else speaks', () => {
    const { body, dropped } = ask(conversion, { model: 'm', messages: [system] })
    const [asked] = (body['messages'] ?? body['contents']) as JsonObject[]
    expect(asked).toMatchObject({ role: 'user' })
    expect(JSON.stringify(asked)).toContain('Be brief.')
    expect(body).not.toHaveProperty('system')
    expect(body).not.toHaveProperty('systemInstruction')
    expect(dropped).toEqual([])
  })

  test('is moved from the middle to the front, and that is named', () => {
    expect(ask(conversion, { model: 'm', messages: [...hello.messages, system] }).dropped).toEqual([
      'messages[].role',
    ])
  })
})

describe('keep-alives and an end that is not the format’s own', () => {
  const data = (body: JsonObject) => `data: ${JSON.stringify(body)}\n\n`
  const gap = ': still here\n\nevent: ping\n\ndata:\n\ndata: \n\n'
  test.each<[string, ServiceCodec, string]>([
    [
      'Gemini',
      gemini,
      data({ candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }] }),
    ],
    ['Hunyuan', hunyuan, data({ Choices: [{ Delta: { Content: 'Hi' }, FinishReason: 'stop' }] })],
    [
      'DashScope',
      dashscope,
      data({ output: { choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }] } }),
    ],
    ['a Model Studio application', modelStudioApp, data({ output: { text: 'Hi', finish_reason: 'stop' } })],
    ['a Dify chat', difyChat, data({ event: 'message', answer: 'Hi' }) + data({ event: 'message_end' })],
  ])('do not break a stream of %s', (_, codec, events) => {
    const conversion = new ChatConversion(openaiChat, codec)
    const stream = conversion.stream(context)
    const sent = [stream.push(Buffer.from(`${gap}${events}${gap}data: [DONE]\n\n`)), stream.end()]
    expect(stream.failure).toBeNull()
    expect(Buffer.concat(sent.flatMap((bytes) => bytes ?? [])).toString()).toMatch(/"Hi"[\s\S]*\[DONE\]/)
  })
})

test('usage that is empty at the top level is read from the choice', () => {
  const stream = new ChatConversion(openaiChat, openaiChat).stream(context)
  const told = { prompt_tokens: 3, completion_tokens: 4 }
  const chunk = { choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage: told }], usage: {} }
  stream.push(Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`))
  expect(stream.usage).toMatchObject({ input: 3, output: 4 })
})

test('Hunyuan hears the system first, and user and assistant in turns', () => {
  const said = (role: string, content: string) => ({ role, content })
  const messages = [said('user', 'A'), said('user', 'B'), said('system', 'Brief.'), said('assistant', 'C')]
  const more = [said('assistant', 'D'), said('user', 'E')]
  const { body, dropped } = ask(new ChatConversion(openaiChat, hunyuan), {
    model: 'hunyuan-lite',
    messages: [...messages, ...more],
  })
  expect(body['Messages']).toEqual([
    { Role: 'system', Content: 'Brief.' },
    { Role: 'user', Content: 'A\n\nB' },
    { Role: 'assistant', Content: 'C\n\nD' },
    { Role: 'user', Content: 'E' },
  ])
  expect(dropped).toEqual(['messages[].role'])
})

describe('a stream that never ends to open calls', () => {
  const data = (body: JsonObject) => Buffer.from(`data: ${JSON.stringify(body)}\n\n`)
  const call = { functionCall: { name: 'f', args: {} } }
  const cases: Array<[ServiceCodec, (index: number) => Buffer]> = [
    [
      openaiChat,
      (index) =>
        data({
          choices: [
            { index: 0, delta: { tool_calls: [{ index, id: `c${index}`, function: { name: 'f' } }] } },
          ],
        }),
    ],
    [openaiChat, (index) => data({ choices: [{ index, delta: { content: 'x' } }] })],
    [
      anthropicMessages,
      (index) => data({ type: 'content_block_start', index, content_block: { type: 'tool_use', name: 'f' } }),
    ],
    [gemini, () => data({ candidates: [{ content: { parts: [call] } }] })],
    [hunyuan, (Index) => data({ Choices: [{ Delta: { ToolCalls: [{ Index, Id: 'c' }] } }] })],
    [
      bedrockConverse,
      (contentBlockIndex) => {
        const body = { contentBlockIndex, start: { toolUse: { toolUseId: 'c', name: 'f' } } }
        return encodeAwsEventStream([{ event: 'contentBlockStart', data: JSON.stringify(body) }])
      },
    ],
  ]

  test.each(cases)('is given up: $format', (codec, frame) => {
    const caller = codec === openaiChat ? anthropicMessages : openaiChat
    const stream = new ChatConversion(caller, codec).stream(context)
    for (let index = 0; index < 3000 && stream.failure === null; index++) stream.push(frame(index))
    expect(stream.failure).toMatchObject({
      kind: 'upstream',
      message: expect.stringMatching(/more than 1024/),
    })
    expect(stream.isDone).toBe(true)
  })

  test('and so are arguments without an end', () => {
    const stream = new ChatConversion(gemini, openaiChat).stream(context)
    const piece = (text: string, id?: string) =>
      data({
        choices: [
          { index: 0, delta: { tool_calls: [{ index: 0, id, function: { name: 'f', arguments: text } }] } },
        ],
      })
    stream.push(piece('{"a":"', 'c'))
    for (let count = 0; count < 40 && stream.failure === null; count++)
      stream.push(piece('x'.repeat(1024 * 1024)))
    expect(stream.failure?.message).toMatch(/too large/)
  })
})
