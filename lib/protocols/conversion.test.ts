import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import { ChatConversion } from './conversion.ts'
import type { JsonObject } from './json.ts'
import { openaiChat } from './openai-chat/openai-chat.ts'
import { ProtocolError } from './protocol-error.ts'
import { structuredAnswerName } from './structured-answer.ts'
import { arbitraryStream } from './testing/arbitrary-answer.ts'
import type { AnswerFeature } from './testing/carried.ts'
import { streamEssence, withParsedArguments } from './testing/essence.ts'
import { context, readStream, writeStream } from './testing/read-stream.ts'
import { recorded } from './testing/recorded.ts'

const toAnthropic = new ChatConversion(openaiChat, anthropicMessages)
const toOpenAi = new ChatConversion(anthropicMessages, openaiChat)
const openAi = recorded(new URL('./openai-chat/test', import.meta.url).href)
const anthropic = recorded(new URL('./anthropic-messages/test', import.meta.url).href)
const hints = { model: null, stream: false }
const hello = { model: 'gpt', messages: [{ role: 'user', content: 'Hello' }] }

function convert(conversion: ChatConversion, chunks: readonly Buffer[]) {
  const stream = conversion.stream(context)
  const sent = [...chunks.map((chunk) => stream.push(chunk)), stream.end()]
  return { stream, text: Buffer.concat(sent.flatMap((bytes) => bytes ?? [])).toString() }
}

describe('a request of OpenAI, to a service of Anthropic', () => {
  test('gets the model of the route and the length that the format demands', () => {
    expect(toAnthropic.request(hello, hints, 'claude')).toMatchObject({
      body: { model: 'claude', max_tokens: 4096, messages: [{ role: 'user', content: 'Hello' }] },
      dropped: [],
    })
  })

  test('asks for an answer by a schema as a forced tool', () => {
    const schema = { type: 'object', properties: { city: { type: 'string' } } }
    const format = { type: 'json_schema', json_schema: { name: 'place', schema, strict: true } }
    const { body } = toAnthropic.request({ ...hello, response_format: format }, hints, null)
    expect(body).toMatchObject({
      tools: [{ name: structuredAnswerName, input_schema: schema }],
      tool_choice: { type: 'tool', name: structuredAnswerName },
    })
    const tools = [{ type: 'function', function: { name: 'search' } }]
    const besides = toAnthropic.request({ ...hello, tools, response_format: format }, hints, null).body
    expect(besides).toMatchObject({
      tools: [{ name: 'search' }, { name: structuredAnswerName }],
      tool_choice: { type: 'any' },
    })
  })

  test('names a schema that a tool cannot have, and a tool that is forced already', () => {
    const format = (schema: JsonObject) => ({ type: 'json_schema', json_schema: { name: 'x', schema } })
    const list = toAnthropic.request({ ...hello, response_format: format({ type: 'array' }) }, hints, null)
    expect(list.dropped).toEqual(['response_format'])
    expect(list.body).not.toHaveProperty('tools')
    const forced = {
      ...hello,
      tools: [{ type: 'function', function: { name: 'search' } }],
      tool_choice: { type: 'function', function: { name: 'search' } },
      response_format: format({ type: 'object' }),
    }
    expect(toAnthropic.request(forced, hints, null).body).toMatchObject({ tools: [{ name: 'search' }] })
  })

  test('turns efforts into budgets within the length of the answer', () => {
    const thinking = (request: JsonObject) => {
      const { body, dropped } = toAnthropic.request({ ...hello, ...request }, hints, null)
      return { thinking: body['thinking'], maxTokens: body['max_tokens'], dropped }
    }
    expect(thinking({ reasoning_effort: 'high' })).toEqual({
      thinking: { type: 'enabled', budget_tokens: 16_384 },
      maxTokens: 20_480,
      dropped: [],
    })
    expect(thinking({ reasoning_effort: 'high', max_tokens: 5000 })).toMatchObject({
      thinking: { budget_tokens: 4999 },
      maxTokens: 5000,
    })
    expect(thinking({ reasoning_effort: 'low', max_tokens: 1000 })).toEqual({
      thinking: undefined,
      maxTokens: 1000,
      dropped: ['reasoning_effort'],
    })
    expect(thinking({ reasoning_effort: 'none' })).toMatchObject({ thinking: undefined, dropped: [] })
    expect(thinking({ reasoning_effort: 'low', temperature: 0.2, top_k: 3, top_p: 0.5 }).dropped).toEqual([
      'temperature',
      'top_k',
      'top_p',
    ])
  })

  test('does not ask for thoughts in the middle of a turn that began without them', () => {
    const messages = [
      ...hello.messages,
      {
        role: 'assistant',
        tool_calls: [{ id: 'a:1', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'a:1', content: 'done' },
    ]
    const { body, dropped } = toAnthropic.request(
      { ...hello, messages, reasoning_effort: 'low' },
      hints,
      null,
    )
    expect(body).not.toHaveProperty('thinking')
    expect(dropped).toEqual(['reasoning_effort'])
    expect(body['messages']).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'a_1', name: 'f', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a_1', content: 'done' }] },
    ])
  })

  test('puts what tools answered before text, and neighbours of one role together', () => {
    const messages = [
      { role: 'user', content: 'One' },
      { role: 'user', content: 'Two' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'done' },
      { role: 'user', content: 'Three' },
      { role: 'developer', content: 'Be brief.' },
    ]
    const { body, dropped } = toAnthropic.request({ model: 'gpt', messages }, hints, null)
    expect(body['system']).toBe('Be brief.')
    expect(body['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'One' },
          { type: 'text', text: 'Two' },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'f', input: {} }] },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'c1', content: 'done' },
          { type: 'text', text: 'Three' },
        ],
      },
    ])
    expect(dropped).toEqual(['messages[].tool_calls[].function.arguments'])
  })

  test('of a system prompt alone is asked as the user’s', () => {
    const { body } = toAnthropic.request(
      { model: 'gpt', messages: [{ role: 'system', content: 'Sing.' }] },
      hints,
      null,
    )
    expect(body['messages']).toEqual([{ role: 'user', content: 'Sing.' }])
  })

  test('names what it drops in letters that a header takes', () => {
    const { dropped } = toAnthropic.request(
      { ...hello, 'x\r\nset-cookie: a': 1, logit_bias: {}, n: 2 },
      hints,
      null,
    )
    expect(dropped).toEqual(['x??set-cookie??a', 'logit_bias', 'n'])
  })

  test('is refused by the field at fault', () => {
    const wrong = { model: 'gpt', messages: [{ role: 'user', content: 7 }] }
    expect(() => toAnthropic.request(wrong, hints, null)).toThrow(ProtocolError)
    expect(() => toAnthropic.request(wrong, hints, null)).toThrow('messages[0].content')
  })
})

describe('an answer of Anthropic, to a caller of OpenAI', () => {
  test('is the text that the structured answer holds, whole and streamed', () => {
    const named = (bytes: Buffer) =>
      Buffer.from(bytes.toString().replaceAll('"name":"json"', `"name":"${structuredAnswerName}"`))
    const body = JSON.parse(
      named(Buffer.from(JSON.stringify(anthropic.json('anthropic-json-tool.1.json')))).toString(),
    ) as JsonObject
    const [choice] = toAnthropic.reply(body, context).body['choices'] as JsonObject[]
    expect(choice).toMatchObject({ finish_reason: 'stop' })
    const { content } = (choice?.['message'] ?? {}) as { content?: string }
    expect(JSON.parse(content ?? '')).toHaveProperty('elements')

    const { text } = convert(toAnthropic, [named(anthropic.namedEvents('anthropic-json-tool.1.chunks.txt'))])
    const { choices: streamed } = streamEssence(readStream(openaiChat, [Buffer.from(text)]))
    expect(JSON.parse(streamed[0]?.text ?? '')).toHaveProperty('elements')
    expect(streamed[0]).toMatchObject({ calls: [], stop: { reason: 'end' } })
  })

  test('counts what was cached as input', () => {
    const { stream } = convert(toAnthropic, [anthropic.bytes('anthropic-messages-streaming-with-cache.sse')])
    expect(stream.usage).toEqual({
      input: 350,
      output: 30,
      cachedInput: 200,
      cacheWriteInput: 100,
      reasoning: null,
    })
    expect(stream).toMatchObject({ hasContent: true, isDone: true, failure: null })
  })

  test('brings an error within a stream as an error event, and no end', () => {
    const bytes = Buffer.from(
      'event: message_start\ndata: {"type":"message_start","message":{}}\n\n' +
        'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Busy."}}\n\n' +
        'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"late"}}\n\n',
    )
    const { stream, text } = convert(toAnthropic, [bytes])
    expect(stream.failure).toMatchObject({ kind: 'overloaded', status: 503, message: 'Busy.' })
    expect(stream.hasContent).toBe(false)
    expect(text).toContain('"message":"Busy."')
    expect(text).not.toContain('[DONE]')
    expect(text).not.toContain('late')
  })
})

describe('a request of Anthropic, to a service of OpenAI', () => {
  test('asks for a stream with usage, and turns budgets into efforts', () => {
    const { body, dropped } = toOpenAi.request(
      {
        model: 'claude',
        max_tokens: 9000,
        stream: true,
        thinking: { type: 'enabled', budget_tokens: 8000 },
        system: 'Be brief.',
        messages: hello.messages,
        top_k: 4,
      },
      hints,
      'gpt',
    )
    expect(body).toEqual({
      model: 'gpt',
      messages: [{ role: 'system', content: 'Be brief.' }, ...hello.messages],
      max_tokens: 9000,
      reasoning_effort: 'medium',
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(dropped).toEqual(['top_k'])
  })
})

describe('an answer of OpenAI, to a caller of Anthropic', () => {
  test('says by blocks what was thought, said and called', () => {
    const { body, usage } = toOpenAi.reply(openAi.json('deepseek-tool-call.json'), context)
    expect(body).toMatchObject({
      type: 'message',
      content: [
        { type: 'thinking' },
        { type: 'tool_use', name: 'weather', input: { location: 'San Francisco' } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 19, cache_read_input_tokens: 320, output_tokens: 92 },
    })
    expect(usage).toMatchObject({ input: 339, cachedInput: 320, reasoning: 48 })
  })

  test('is told as the error that a body of status 200 holds', () => {
    const { body, failure } = toOpenAi.reply({ error: { message: 'Busy.', code: 503 } }, context)
    expect(failure).toMatchObject({ kind: 'overloaded', status: 503 })
    expect(body).toMatchObject({ type: 'error', error: { type: 'overloaded_error', message: 'Busy.' } })
    expect(() => toOpenAi.reply({ hello: 'there' }, context)).toThrow(ProtocolError)
  })

  test('that breaks off, or is no stream, ends in an error and never throws', () => {
    const whole = openAi.dataEvents('deepseek-tool-call.chunks.txt')
    for (const bytes of [
      whole.subarray(0, 3000),
      Buffer.from('<html>'),
      Buffer.from('data: {{{\n\n'),
      Buffer.alloc(0),
    ]) {
      const { stream, text } = convert(toOpenAi, [bytes])
      expect(stream.failure).toMatchObject({ kind: 'upstream', status: 502 })
      expect(text).toContain('event: error')
      expect(text).not.toContain('message_stop')
      expect(stream.push(whole)).toBeNull()
    }
  })
})

describe('errors', () => {
  const statuses: Array<[number, JsonObject, number, string]> = [
    [401, { message: 'Wrong key.', code: 'invalid_api_key' }, 401, 'authentication_error'],
    [403, { message: 'No.' }, 403, 'permission_error'],
    [404, { message: 'No.', code: 'model_not_found' }, 404, 'not_found_error'],
    [429, { message: 'Slow.' }, 429, 'rate_limit_error'],
    [429, { message: 'Pay.', code: 'insufficient_quota' }, 402, 'billing_error'],
    [500, { message: 'Broken.' }, 500, 'api_error'],
    [503, { message: 'Busy.' }, 529, 'overloaded_error'],
  ]

  test.each(statuses)(
    '%i of OpenAI, %j, is %i %s of Anthropic, and back',
    (status, error, expected, type) => {
      const there = toOpenAi.failure(status, { error }, 'req-1')
      expect(there).toMatchObject({
        status: expected,
        body: { type: 'error', error: { type, message: error['message'] }, request_id: 'req-1' },
      })
      const back = toAnthropic.failure(there.status, there.body, 'req-1')
      expect(back.status).toBe(status)
      expect(back.failure.kind).toBe(there.failure.kind)
      expect(back.body).toMatchObject({ error: { message: error['message'], request_id: 'req-1' } })
    },
  )
})

describe('streams between OpenAI and Anthropic', () => {
  const recordings: Array<[string, ChatConversion, Buffer]> = [
    ['of OpenAI', toOpenAi, openAi.dataEvents('openai-text.chunks.txt', 'data: [DONE]\n\n')],
    ['of DeepSeek', toOpenAi, openAi.dataEvents('deepseek-tool-call.chunks.txt', 'data: [DONE]\n\n')],
    ['of Model Studio', toOpenAi, openAi.dataEvents('alibaba-tool-call.chunks.txt', 'data: [DONE]\n\n')],
    ['of Moonshot', toOpenAi, openAi.dataEvents('moonshotai-stream.chunks.txt')],
    [
      'of Anthropic with thoughts',
      toAnthropic,
      anthropic.namedEvents('anthropic-clear-thinking.1.chunks.txt'),
    ],
    ['of Anthropic with a tool', toAnthropic, anthropic.namedEvents('anthropic-tool-no-args.chunks.txt')],
  ]

  test.each(recordings)(
    '%s come out as the same bytes, cut at any byte',
    (_, conversion, bytes) => {
      const whole = convert(conversion, [bytes]).text
      expect(whole).toMatchSnapshot()
      for (let at = 1; at < bytes.length; at++) {
        const cut = convert(conversion, [bytes.subarray(0, at), bytes.subarray(at)]).text
        if (cut !== whole) expect(cut, `cut at ${at}`).toBe(whole)
      }
    },
    60_000,
  )

  test('there and back mean what they meant', () => {
    const loses = new Set<AnswerFeature>([
      'choices',
      'refusal',
      'redacted-reasoning',
      'reasoning.signature',
      'usage.reasoning',
      'stop.sequence',
      'stop.stop-sequence',
      'stop.content-filter',
      'stop.refusal',
      'stop.pause',
      'stop.other',
    ])
    fc.assert(
      fc.property(arbitraryStream(loses), fc.integer({ min: 1, max: 50 }), (events, size) => {
        const bytes = writeStream(openaiChat, events)
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        )
        const there = convert(toOpenAi, chunks)
        const back = convert(toAnthropic, [Buffer.from(there.text)])
        expect(there.stream.dropped).toEqual([])
        expect(back.stream.failure).toBeNull()
        const meant = streamEssence(readStream(openaiChat, [Buffer.from(back.text)]))
        expect(withParsedArguments(meant)).toEqual(withParsedArguments(streamEssence(events)))
      }),
    )
  })

  test('of one format on both sides go as they are, and are read along', () => {
    const relay = new ChatConversion(openaiChat, openaiChat)
    const stream = relay.stream(context)
    const bytes = openAi.dataEvents('moonshotai-stream.chunks.txt')
    expect(stream.push(bytes)).toBe(bytes)
    expect(stream.end()).toBeNull()
    expect(stream.usage).toEqual({
      input: 9,
      output: 12,
      cachedInput: null,
      cacheWriteInput: null,
      reasoning: 7,
    })
    expect(stream).toMatchObject({ hasContent: true, isDone: true, failure: null })
    const garbage = relay.stream(context)
    expect(garbage.push(Buffer.from('data: {{{\n\n'))?.toString()).toBe('data: {{{\n\n')
    expect(garbage.push(bytes)).toBe(bytes)
    expect(garbage.failure).not.toBeNull()
  })
})
