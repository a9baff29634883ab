import { describe, expect, test } from 'vitest'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import { ChatConversion } from './conversion.ts'
import type { JsonObject } from './json.ts'
import { openaiChat } from './openai-chat/openai-chat.ts'
import { ProtocolError } from './protocol-error.ts'
import { structuredAnswerName } from './structured-answer.ts'
import { convertStream } from './testing/convert-stream.ts'
import { streamEssence } from './testing/essence.ts'
import { context, readStream } from './testing/read-stream.ts'
import { recorded } from './testing/recorded.ts'

const toAnthropic = new ChatConversion(openaiChat, anthropicMessages)
const toOpenAi = new ChatConversion(anthropicMessages, openaiChat)
const openAi = recorded(new URL('./openai-chat/test', import.meta.url).href)
const anthropic = recorded(new URL('./anthropic-messages/test', import.meta.url).href)

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

    const { text } = convertStream(toAnthropic, [
      named(anthropic.namedEvents('anthropic-json-tool.1.chunks.txt')),
    ])
    const { choices: streamed } = streamEssence(readStream(openaiChat, [Buffer.from(text)]))
    expect(JSON.parse(streamed[0]?.text ?? '')).toHaveProperty('elements')
    expect(streamed[0]).toMatchObject({ calls: [], stop: { reason: 'end' } })
  })

  test('counts what was cached as input', () => {
    const { stream } = convertStream(toAnthropic, [
      anthropic.bytes('anthropic-messages-streaming-with-cache.sse'),
    ])
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
    const { stream, text } = convertStream(toAnthropic, [bytes])
    expect(stream.failure).toMatchObject({ kind: 'overloaded', status: 503, message: 'Busy.' })
    expect(stream.hasContent).toBe(false)
    expect(text).toContain('"message":"Busy."')
    expect(text).not.toContain('[DONE]')
    expect(text).not.toContain('late')
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
      const { stream, text } = convertStream(toOpenAi, [bytes])
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
