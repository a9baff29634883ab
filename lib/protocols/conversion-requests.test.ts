import { describe, expect, test } from 'vitest'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import { ChatConversion } from './conversion.ts'
import type { JsonObject } from './json.ts'
import { openaiChat } from './openai-chat/openai-chat.ts'
import { ProtocolError } from './protocol-error.ts'
import { structuredAnswerName } from './structured-answer.ts'

const toAnthropic = new ChatConversion(openaiChat, anthropicMessages)
const toOpenAi = new ChatConversion(anthropicMessages, openaiChat)
const hints = { model: null, stream: false }
const hello = { model: 'gpt', messages: [{ role: 'user', content: 'Hello' }] }

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
    expect(dropped).toEqual(['messages[].role', 'messages[].tool_calls[].function.arguments'])
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
