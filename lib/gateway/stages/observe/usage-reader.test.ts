import { describe, expect, test } from 'vitest'
import { tokenUsage, UsageReader } from '@/lib/gateway/stages/observe/usage-reader.ts'

function usageOf(...chunks: string[]) {
  const reader = new UsageReader()
  for (const chunk of chunks) reader.push(Buffer.from(chunk))
  const { input, output } = reader.read()
  return { input, output }
}

function detailsOf(usage: object) {
  const reader = new UsageReader()
  reader.push(Buffer.from(JSON.stringify({ usage })))
  const { cached, reasoning } = reader.read()
  return { cached, reasoning }
}

const delta = (text: string) => `data: {"choices":[{"delta":{"content":"${text}"}}],"usage":null}\n\n`

describe('Usage is read from', () => {
  test('an OpenAI answer', () => {
    expect(
      usageOf('{"id":"x","usage":{"prompt_tokens":12,"completion_tokens":34,"details":{"a":{"b":1}}}}'),
    ).toEqual({
      input: 12,
      output: 34,
    })
  })

  test('the last chunk of an OpenAI stream, past the nulls', () => {
    const last = 'data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":6}}\n\ndata: [DONE]\n\n'
    expect(usageOf(delta('a'), delta('b'), last)).toEqual({ input: 5, output: 6 })
  })

  test('choices[0], where one provider puts it', () => {
    expect(
      usageOf(delta('a'), 'data: {"choices":[{"usage":{"prompt_tokens":7,"completion_tokens":8}}]}\n\n'),
    ).toEqual({
      input: 7,
      output: 8,
    })
  })

  test('the first and last events of an Anthropic stream', () => {
    const start =
      'event: message_start\ndata: {"message":{"usage":{"input_tokens":25,"output_tokens":1}}}\n\n'
    const middle = `event: content_block_delta\ndata: {"delta":{"text":"${'x'.repeat(20_000)}"}}\n\n`
    const end = 'event: message_delta\ndata: {"usage":{"output_tokens":15}}\n\n'
    expect(usageOf(start, middle, end)).toEqual({ input: 25, output: 15 })
  })

  test('the end of a long embedding, which has no output', () => {
    const vector = Array.from({ length: 3_000 }, () => '0.123456').join(',')
    expect(usageOf(`{"data":[${vector}],`, '"usage":{"prompt_tokens":9,"total_tokens":9}}')).toEqual({
      input: 9,
      output: null,
    })
  })

  test('an object that is cut across chunks, spaces and all', () => {
    expect(usageOf('{"usa', 'ge" : {\n "prompt_tokens": 1, "comple', 'tion_tokens": 2 }}')).toEqual({
      input: 1,
      output: 2,
    })
  })

  test('the numbers, never from text that quotes them', () => {
    const quoted = JSON.stringify({ content: '"usage":{"prompt_tokens":999,"completion_tokens":999}' })
    expect(usageOf(quoted)).toEqual({ input: null, output: null })
  })
})

test.each([
  [
    {
      prompt_tokens: 9,
      completion_tokens: 8,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 3 },
    },
    { cached: 4, reasoning: 3 },
  ],
  [
    { input_tokens: 9, output_tokens: 8, output_tokens_details: { reasoning_tokens: 3 } },
    { cached: null, reasoning: 3 },
  ],
  [
    { input_tokens: 9, output_tokens: 8, cache_read_input_tokens: 5 },
    { cached: 5, reasoning: null },
  ],
  [
    { prompt_tokens: 9, prompt_tokens_details: null },
    { cached: null, reasoning: null },
  ],
])('Parts of usage are told apart: %j', (usage, expected) => {
  expect(detailsOf(usage)).toEqual(expected)
})

test.each([
  '',
  '{}',
  '{"usage":null}',
  '{"usage":{"prompt_tokens":',
  '{"usage":{"prompt_tokens":"x"}}',
  '{"usage":[1]}',
])('Nothing is made up from %j', (text) => {
  expect(usageOf(text)).toEqual({ input: null, output: null })
})

test('what is no count of tokens is not known, read along or converted', () => {
  expect(usageOf('{"usage":{"prompt_tokens":1e308,"completion_tokens":5}}')).toEqual({
    input: null,
    output: 5,
  })
  const told = { input: -1, output: 1e308, cachedInput: Number.NaN, cacheWriteInput: null, reasoning: 3 }
  expect(tokenUsage(told)).toEqual({ input: null, output: null, cached: null, reasoning: 3 })
})
