import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse/bedrock-converse.ts'
import type { ChatCodec } from './codec.ts'
import { ChatConversion } from './conversion.ts'
import { parseExact, stringifyExact } from './exact-json.ts'
import { gemini } from './gemini/gemini.ts'
import type { JsonObject } from './json.ts'
import { openaiChat } from './openai-chat/openai-chat.ts'
import { context } from './testing/read-stream.ts'

const long = '1234567890123456789'

test.each([
  `{"id":${long}}`,
  `[-${long},1,{"a":[${long}${long}]}]`,
  `{"text":": ${long}, and \\"[${long}]\\"","id":${long}}`,
  '{"small":9007199254740991,"fraction":0.1234567890123456,"zero":-0.5}',
])('%s comes out as it went in', (text) => {
  expect(stringifyExact(parseExact(text))).toBe(text)
})

test('reads and writes anything else as JSON does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value)
      expect(parseExact(text)).toEqual(JSON.parse(text))
      expect(stringifyExact(value)).toBe(text)
    }),
  )
})

test('counts as the nearest number wherever else it is written, or read', () => {
  expect(JSON.stringify(parseExact(`{"id":${long}}`))).toBe(JSON.stringify({ id: Number(long) }))
  const asked = parseExact(`{"model":"m","seed":${long},"messages":[{"role":"user","content":"x"}]}`)
  const { request } = new ChatConversion(openaiChat, gemini).request(
    asked as JsonObject,
    { model: null, stream: false },
    null,
  )
  expect(request.seed).toBe(Number(long))
})

test.each(['{', '{"id":12345678901234567890', `{${long}:1}`])('refuses %s as JSON does', (text) => {
  expect(() => parseExact(text)).toThrow(SyntaxError)
})

describe.each<[string, ChatCodec]>([
  ['Anthropic', anthropicMessages],
  ['Gemini', gemini],
  ['Bedrock', bedrockConverse],
])('the arguments of a call at a service of %s', (_, codec) => {
  const conversion = new ChatConversion(openaiChat, codec)
  const call = {
    id: 'a',
    type: 'function',
    function: { name: 'f', arguments: `{"order":${long}}` },
  }

  test('keep their digits there and back', () => {
    const messages = [
      { role: 'user', content: 'Go.' },
      { role: 'assistant', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'a', content: 'Done.' },
    ]
    const { body } = conversion.request({ model: 'm', messages }, { model: null, stream: false }, null)
    expect(stringifyExact(body)).toContain(`"order":${long}`)
    const back = new ChatConversion(codec, openaiChat)
    const { body: asked } = back.request(
      parseExact(stringifyExact(body)) as JsonObject,
      { model: 'm', stream: false },
      null,
    )
    expect(JSON.stringify(asked['messages'])).toContain(`{\\"order\\":${long}}`)
  })

  test('keep their digits in answers', () => {
    const stop = { reason: 'tool-calls', sequence: null } as const
    const part = { type: 'tool-call', id: 'a', name: 'f', arguments: call.function.arguments } as const
    const reply = {
      id: 'r',
      model: 'm',
      createdAt: 1,
      usage: null,
      choices: [{ index: 0, parts: [part], stop }],
    }
    const sent = new ChatConversion(codec, openaiChat).caller.writeReply(reply, context, {
      add: () => {},
    } as never)
    const told = conversion.reply(parseExact(stringifyExact(sent)) as JsonObject, context).body
    expect(JSON.stringify(told)).toContain(`{\\"order\\":${long}}`)
  })
})

test('a caller of Gemini gets the digits of a stream', () => {
  const stream = new ChatConversion(gemini, openaiChat).stream(context)
  const delta = {
    tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: `{"order":${long}}` } }],
  }
  const chunk = { id: 'c', choices: [{ index: 0, delta, finish_reason: 'tool_calls' }] }
  const sent = [stream.push(Buffer.from(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`)), stream.end()]
  expect(Buffer.concat(sent.flatMap((bytes) => bytes ?? [])).toString()).toContain(`"order":${long}`)
})

test('texts of megabytes and tables of long numbers are read in a time that grows with their length', () => {
  const long = JSON.stringify({ text: `${'x\\"'.repeat(3_000_000)} 1234567890123456789`, id: 1 })
  expect(stringifyExact(parseExact(long))).toBe(long)
  const withId = long.replace(/1}$/, '12345678901234567890}')
  expect(stringifyExact(parseExact(withId))).toBe(withId)
  const table = `[${'1234567890123456789,'.repeat(20_000)}1]`
  expect(parseExact(table)).toEqual(JSON.parse(table))
})
