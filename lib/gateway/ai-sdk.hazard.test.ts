import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { APICallError, generateText, stepCountIs, streamText, tool } from 'ai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  type ProviderStand,
  providerCases,
  startProviderStand,
} from '@/lib/gateway/testing/provider-stand.ts'

/** The AI SDK in front of every service, by both protocols: relayed or converted, whichever it takes. */
const prompt = 'How many roads must a man walk down?'
const toolPrompt = 'Ask get_weather and get_time about Paris.'
const inputSchema = z.object({ city: z.string().describe('A city.') })
const describedAs = (what: string) =>
  tool({
    description: `Answers for ${what}.`,
    inputSchema,
    execute: async ({ city }) => `${what} in ${city}: fine.`,
  })
const tools = { get_weather: describedAs('get_weather'), get_time: describedAs('get_time') }
const apiKey = 'not-for-the-provider'

describe.each(await providerCases())('$name', ({ fake, service }) => {
  let stand: ProviderStand
  const name = service.model ?? 'none'
  beforeAll(async () => {
    stand = await startProviderStand({ name: '', fake, service })
  })
  afterAll(() => stand.close())

  const callers = {
    openai: () => createOpenAI({ baseURL: `${stand.url('openai')}/v1`, apiKey }).chat(name),
    anthropic: () => createAnthropic({ baseURL: `${stand.url('anthropic')}/v1`, apiKey })(name),
  }
  describe.each(['openai', 'anthropic'] as const)('asked as %s', (protocol) => {
    const request = () => ({
      model: callers[protocol](),
      system: 'Be brief.',
      maxOutputTokens: 300,
      maxRetries: 0,
    })

    test('text whole and in pieces', async () => {
      const whole = await generateText({ ...request(), prompt })
      expect(whole.text).toContain(prompt)
      expect(whole.finishReason).toBe('stop')
      const told = stand.server.calls.at(-1)?.usage
      if (told?.input != null && told.output != null) {
        expect([whole.usage.inputTokens, whole.usage.outputTokens]).toEqual([told.input, told.output])
      }
      const streamed = streamText({ ...request(), prompt })
      const pieces: string[] = []
      for await (const piece of streamed.textStream) pieces.push(piece)
      expect(pieces.join('')).toContain(prompt)
      expect(pieces.length).toBeGreaterThan(1)
      expect(await streamed.finishReason).toBe('stop')
      expect(JSON.stringify(stand.server.calls.at(-1)?.headers)).not.toContain(apiKey)
    })

    test('tools, called and answered in two steps, whole and in pieces', async () => {
      const asking = { ...request(), prompt: toolPrompt, tools, stopWhen: stepCountIs(3) }
      const whole = await generateText(asking)
      if (whole.response.headers?.['x-switchyard-dropped']?.includes('tools') === true) return
      const called = (steps: typeof whole.steps) =>
        steps.map(({ toolCalls, toolResults, finishReason }) => ({
          calls: toolCalls.map(({ toolName }) => toolName),
          answered: toolResults.length,
          finishReason,
        }))
      const expected = [
        { calls: ['get_weather', 'get_time'], answered: 2, finishReason: 'tool-calls' },
        { calls: [], answered: 0, finishReason: 'stop' },
      ]
      expect(called(whole.steps)).toEqual(expected)
      expect(whole.text).toMatch(/\w/)

      const streamed = streamText(asking)
      let text = ''
      for await (const piece of streamed.textStream) text += piece
      expect(called(await streamed.steps)).toEqual(expected)
      expect(text).toMatch(/\w/)
    })

    test('an error', async () => {
      stand.server.fault = { status: 429, retryAfterSeconds: 1 }
      const refused = await generateText({ ...request(), prompt }).catch((error: unknown) => error)
      stand.server.fault = null
      expect(APICallError.isInstance(refused)).toBe(true)
      expect(refused).toMatchObject({
        statusCode: 429,
        isRetryable: true,
        message: expect.stringMatching(/\w/),
      })
    })
  })
})
