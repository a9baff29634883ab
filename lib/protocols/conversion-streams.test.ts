import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anthropicMessages } from './anthropic-messages/anthropic-messages.ts'
import { ChatConversion } from './conversion.ts'
import { openaiChat } from './openai-chat/openai-chat.ts'
import { arbitraryStream } from './testing/arbitrary-answer.ts'
import type { AnswerFeature } from './testing/carried.ts'
import { convertStream } from './testing/convert-stream.ts'
import { streamEssence, withParsedArguments } from './testing/essence.ts'
import { context, readStream, writeStream } from './testing/read-stream.ts'
import { recorded } from './testing/recorded.ts'

const toAnthropic = new ChatConversion(openaiChat, anthropicMessages)
const toOpenAi = new ChatConversion(anthropicMessages, openaiChat)
const openAi = recorded(new URL('./openai-chat/test', import.meta.url).href)
const anthropic = recorded(new URL('./anthropic-messages/test', import.meta.url).href)

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
      const whole = convertStream(conversion, [bytes]).text
      expect(whole).toMatchSnapshot()
      for (let at = 1; at < bytes.length; at++) {
        const cut = convertStream(conversion, [bytes.subarray(0, at), bytes.subarray(at)]).text
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
        const there = convertStream(toOpenAi, chunks)
        const back = convertStream(toAnthropic, [Buffer.from(there.text)])
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
