import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '@/lib/protocols/canonical.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { plainRequest } from '@/lib/protocols/testing/plain-request.ts'
import { bedrockConverse } from './bedrock-converse.ts'

function write(change: Partial<ChatRequest>, dropped = new DroppedFields()): JsonObject {
  return bedrockConverse.writeRequest({ ...plainRequest, maxTokens: null, ...change }, dropped)
}

const tool = { name: 'f', description: null, parameters: { type: 'object' }, strict: null }
const call = { type: 'tool-call', id: 'call.1', name: 'f', arguments: '{}' } as const
const result = { type: 'tool-result', callId: 'call.1', name: 'f', parts: [], isError: false } as const

describe('requests for Converse', () => {
  test('change ids that it refuses, of calls and results alike', () => {
    const body = write({
      messages: [
        { role: 'assistant', parts: [call] },
        { role: 'tool', parts: [result] },
      ],
    })
    expect(JSON.stringify(body).match(/"toolUseId":"call_1"/g)).toHaveLength(2)
  })

  test('describe no tools that are forbidden, unless the conversation holds calls', () => {
    const dropped = new DroppedFields()
    const forbidden = { tools: [tool], toolChoice: { type: 'none' } } as const
    expect(write(forbidden, dropped)['toolConfig']).toBeUndefined()
    expect(dropped.isEmpty).toBe(true)
    const after = write({ ...forbidden, messages: [{ role: 'assistant', parts: [call] }] }, dropped)
    expect(after['toolConfig']).toBeDefined()
    expect(dropped.names).toEqual(['tool_choice'])
  })

  test('hold neither blank texts nor messages of nothing', () => {
    const blank = { type: 'text', text: ' ' } as const
    expect(
      write({ messages: [{ role: 'user', parts: [blank] }, ...plainRequest.messages] })['messages'],
    ).toEqual([{ role: 'user', content: [{ text: 'Hello' }] }])
  })

  test('name documents as it allows', () => {
    const source = { kind: 'data', mediaType: 'application/pdf', data: 'AAAA' } as const
    const names = ['a_b  c.pdf', '...', null].map((name) => {
      const body = write({ messages: [{ role: 'user', parts: [{ type: 'file', source, name }] }] })
      return JSON.stringify(body).match(/"name":"([^"]*)"/)?.[1]
    })
    expect(names).toEqual(['a b c pdf', 'document', 'document'])
  })

  test.each<[string, JsonObject | undefined]>([
    ['anthropic.claude-sonnet-4', { thinking: { type: 'enabled', budget_tokens: 16_384 } }],
    ['openai.gpt-oss-120b-1:0', { reasoning_effort: 'high' }],
    [
      'us.amazon.nova-2-lite-v1:0',
      { inferenceConfig: { topK: 3 }, reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } },
    ],
  ])('ask %s to think in the words of its maker', (model, fields) => {
    const reasoning = { enabled: true, effort: 'high', budgetTokens: null } as const
    expect(write({ model, topK: 3, reasoning })['additionalModelRequestFields']).toEqual(fields)
  })

  test('keep a budget below the limit of the answer, or name it', () => {
    const reasoning = { enabled: true, effort: null, budgetTokens: 5000 }
    const dropped = new DroppedFields()
    expect(write({ reasoning, maxTokens: 3000 }, dropped)['additionalModelRequestFields']).toEqual({
      thinking: { type: 'enabled', budget_tokens: 2999 },
    })
    expect(dropped.isEmpty).toBe(true)
    expect(write({ reasoning, maxTokens: 500 }, dropped)['additionalModelRequestFields']).toBeUndefined()
    expect(dropped.names).toEqual(['thinking'])
  })

  test('tell Claude while it thinks nothing that it refuses then', () => {
    const reasoning = { enabled: true, effort: 'low', budgetTokens: null } as const
    const dropped = new DroppedFields()
    expect(write({ reasoning, temperature: 0.2, topP: 0.5, topK: 3 }, dropped)).toMatchObject({
      inferenceConfig: { maxTokens: 6144 },
      additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2048 } },
    })
    expect(dropped.names).toEqual(['temperature', 'top_k', 'top_p'])
  })
})
