import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ProviderStand,
  providerCases,
  startProviderStand,
} from '@/lib/gateway/testing/provider-stand.ts'

/** The official clients of both protocols, each in front of every service: relayed or converted, whichever it takes. */
const prompt = 'How many roads must a man walk down?'
const toolPrompt = 'Ask get_weather and get_time about Paris.'
const toolNames = ['get_weather', 'get_time']
const parameters = {
  type: 'object' as const,
  properties: { city: { type: 'string', description: 'A city.' } },
  required: ['city'],
}

describe.each(await providerCases())('$name', ({ fake, service }) => {
  let stand: ProviderStand
  const model = service.model ?? 'none'
  beforeAll(async () => {
    stand = await startProviderStand({ name: '', fake, service })
  })
  afterAll(() => stand.close())
  /** Null where the provider does not tell both. */
  const told = () => {
    const usage: { input: number | null; output: number | null } | null =
      stand.server.calls.at(-1)?.usage ?? null
    return usage?.input == null || usage.output == null ? null : usage
  }

  describe('called by the OpenAI client', () => {
    const client = () =>
      new OpenAI({ baseURL: `${stand.url('openai')}/v1`, apiKey: 'not-for-the-provider', maxRetries: 0 })
    const messages = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: prompt },
    ]

    test('chat', async () => {
      const reply = await client().chat.completions.create({ model, messages, max_tokens: 300 })
      expect(reply.choices[0]?.message.content).toContain(prompt)
      expect(reply.choices[0]?.finish_reason).toBe('stop')
      if (told() !== null) {
        expect(reply.usage).toMatchObject({
          prompt_tokens: told()?.input,
          completion_tokens: told()?.output,
        })
      }
      expect(JSON.stringify(stand.server.calls.at(-1)?.headers)).not.toContain('not-for-the-provider')
    })

    test('stream', async () => {
      const stream = await client().chat.completions.create({
        model,
        messages,
        max_tokens: 300,
        stream: true,
        stream_options: { include_usage: true },
      })
      let text = ''
      let pieces = 0
      let finish: string | null = null
      let usage: OpenAI.CompletionUsage | null = null
      for await (const { choices, usage: counted } of stream) {
        const delta = choices[0]?.delta.content ?? ''
        if (delta !== '') pieces += 1
        text += delta
        finish = choices[0]?.finish_reason ?? finish
        // Moonshot says it beside the last choice, and what passes is not changed.
        usage = counted ?? (choices[0] as { usage?: OpenAI.CompletionUsage } | undefined)?.usage ?? usage
      }
      expect(text).toContain(prompt)
      expect(pieces).toBeGreaterThan(1)
      expect(finish).toBe('stop')
      if (told() !== null) {
        expect(usage).toMatchObject({ prompt_tokens: told()?.input, completion_tokens: told()?.output })
      }
    })

    test('tools', async () => {
      const tools = toolNames.map((name) => ({
        type: 'function' as const,
        function: { name, description: `Answers for ${name}.`, parameters },
      }))
      const asked = { role: 'user' as const, content: toolPrompt }
      const whole = await client()
        .chat.completions.create({ model, tools, messages: [asked] })
        .withResponse()
      if (whole.response.headers.get('x-switchyard-dropped')?.includes('tools') === true) return
      const { message } = whole.data.choices[0] as OpenAI.ChatCompletion.Choice
      expect(namesAndArguments(message.tool_calls ?? [])).toEqual(
        toolNames.map((name) => [name, expect.any(String)]),
      )
      expect(whole.data.choices[0]?.finish_reason).toBe('tool_calls')

      const streamed = client().chat.completions.stream({ model, tools, messages: [asked] })
      const final = await streamed.finalChatCompletion()
      const calls = final.choices[0]?.message.tool_calls ?? []
      expect(namesAndArguments(calls)).toEqual(namesAndArguments(message.tool_calls ?? []))

      const results = calls.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: 'Fine.' }))
      const second = await client().chat.completions.create({
        model,
        tools,
        messages: [asked, { role: 'assistant', tool_calls: calls }, ...results],
      })
      expect(second.choices[0]?.message.content).toMatch(/\w/)
    })

    test('error', async () => {
      stand.server.fault = { status: 429, retryAfterSeconds: 1 }
      const refused = await client()
        .chat.completions.create({ model, messages })
        .catch((error: unknown) => error)
      stand.server.fault = null
      expect(refused).toBeInstanceOf(OpenAI.RateLimitError)
      expect(refused).toMatchObject({ status: 429, error: { message: expect.stringMatching(/\w/) } })
    })
  })

  describe('called by the Anthropic client', () => {
    const client = () =>
      new Anthropic({ baseURL: stand.url('anthropic'), apiKey: 'not-for-the-provider', maxRetries: 0 })
    const request = {
      model,
      max_tokens: 300,
      system: 'Be brief.',
      messages: [{ role: 'user' as const, content: prompt }],
    }

    test('chat', async () => {
      const reply = await client().messages.create(request)
      expect(textOf(reply)).toContain(prompt)
      expect(reply.stop_reason).toBe('end_turn')
      const usage = told()
      if (usage !== null) {
        const { input_tokens, cache_read_input_tokens, output_tokens } = reply.usage
        expect(input_tokens + (cache_read_input_tokens ?? 0)).toBe(usage.input)
        expect(output_tokens).toBe(usage.output)
      }
      expect(JSON.stringify(stand.server.calls.at(-1)?.headers)).not.toContain('not-for-the-provider')
    })

    test('stream', async () => {
      const stream = client().messages.stream(request)
      let pieces = 0
      stream.on('text', () => {
        pieces += 1
      })
      const reply = await stream.finalMessage()
      expect(textOf(reply)).toContain(prompt)
      expect(pieces).toBeGreaterThan(1)
      expect(reply.stop_reason).toBe('end_turn')
      if (told() !== null) expect(reply.usage.output_tokens).toBe(told()?.output)
    })

    test('tools', async () => {
      const tools = toolNames.map((name) => ({
        name,
        description: `Answers for ${name}.`,
        input_schema: parameters,
      }))
      const asked = { role: 'user' as const, content: toolPrompt }
      const body = { model, max_tokens: 300, tools, messages: [asked] }
      const whole = await client().messages.create(body).withResponse()
      if (whole.response.headers.get('x-switchyard-dropped')?.includes('tools') === true) return
      expect(usesOf(whole.data)).toEqual(toolNames.map((name) => [name, expect.any(Object)]))
      expect(whole.data.stop_reason).toBe('tool_use')

      const streamed = await client().messages.stream(body).finalMessage()
      expect(usesOf(streamed)).toEqual(usesOf(whole.data))
      const results = streamed.content.flatMap((block) =>
        block.type === 'tool_use'
          ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: 'Fine.' }]
          : [],
      )
      const second = await client().messages.create({
        ...body,
        messages: [
          asked,
          { role: 'assistant', content: streamed.content },
          { role: 'user', content: results },
        ],
      })
      expect(textOf(second)).toMatch(/\w/)
    })

    test('error', async () => {
      stand.server.fault = { status: 429, retryAfterSeconds: 1 }
      const refused = await client()
        .messages.create(request)
        .catch((error: unknown) => error)
      stand.server.fault = null
      expect(refused).toBeInstanceOf(Anthropic.RateLimitError)
      expect(refused).toMatchObject({ status: 429, error: { type: 'error' } })
    })
  })
})

function namesAndArguments(calls: readonly OpenAI.ChatCompletionMessageToolCall[]): unknown[] {
  return calls.map((call) => {
    if (call.type !== 'function') return [call.type]
    JSON.parse(call.function.arguments)
    return [call.function.name, call.function.arguments]
  })
}

function textOf({ content }: Anthropic.Message): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
}

function usesOf({ content }: Anthropic.Message): unknown[] {
  return content.flatMap((block) => (block.type === 'tool_use' ? [[block.name, block.input]] : []))
}
