import { createAnthropic } from '@ai-sdk/anthropic'
import Anthropic from '@anthropic-ai/sdk'
import { generateText } from 'ai'
import { expect } from 'vitest'
import { callersKey, type RouteCallers } from './route-caller.ts'

const prompt = 'How many roads must a man walk down?'

export const anthropicCallers: RouteCallers = {
  // Tools, errors and every provider: official-clients.hazard.test.ts and ai-sdk.hazard.test.ts.
  messages: {
    client: '@anthropic-ai/sdk and AI SDK',
    call: async (url) => {
      const client = new Anthropic({ baseURL: url, apiKey: callersKey, maxRetries: 0 })
      const request = {
        model: 'talker',
        max_tokens: 200,
        messages: [{ role: 'user' as const, content: prompt }],
      }
      const whole = await client.messages.create(request)
      expect(JSON.stringify(whole.content)).toContain(prompt)
      const streamed = await client.messages.stream(request).finalMessage()
      expect(streamed.content).toEqual(whole.content)
      const model = createAnthropic({ baseURL: `${url}/v1`, apiKey: callersKey })('talker')
      const { text } = await generateText({ model, prompt, maxOutputTokens: 200, maxRetries: 0 })
      expect(text).toContain(prompt)
    },
  },
}

export const rerankCallers: RouteCallers = {
  rerank: {
    client: 'fetch',
    call: async (url) => {
      const answer = await fetch(`${url}/v1/rerank`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${callersKey}` },
        body: JSON.stringify({
          model: 'bge',
          query: 'blue sky',
          documents: ['a red car', 'the blue sky above'],
        }),
      })
      const { results } = (await answer.json()) as { results: Array<{ index: number }> }
      expect(results.map(({ index }) => index)).toEqual([1, 0])
    },
  },
}
