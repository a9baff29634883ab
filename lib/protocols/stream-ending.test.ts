import { describe, expect, test } from 'vitest'
import { serviceCodecOf } from './codecs.ts'
import { readStreamEnding } from './stream-ending.ts'

const openAi = serviceCodecOf('openai-chat')
const anthropic = serviceCodecOf('anthropic-messages')
const ending = (text: string, codec = openAi) => readStreamEnding(codec, Buffer.from(text))

describe('The end of a stream', () => {
  test.each([
    ['data: [DONE]\n\n'],
    ['data:[DONE]'],
    ['tail of an event"}}]}\r\n\r\ndata: [DONE]\r\n\r\n'],
    ['data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: {"choices":[],"usage":{}}\n\n'],
  ])('is seen in %j', (text) => {
    expect(ending(text)).toMatchObject({ isWhole: true, failure: null })
  })

  test.each([
    ['data: {"choices":[{"delta":{"content":"half"},"finish_reason":null}]}\n\n'],
    ['data: {"choices":[{"delta":{"content":"\\"finish_reason\\":\\"stop\\""}}]}\n\n'],
    ['data: {"choices":[{"delta":{"content":"[DONE]"}}]}\n\n'],
    [''],
  ])('is not seen in %j', (text) => {
    expect(ending(text)).toEqual({ isWhole: false, failure: null, isBetweenEvents: true })
  })

  test('of a message is its stop', () => {
    expect(ending('event: message_stop\ndata: {"type":"message_stop"}\n\n', anthropic).isWhole).toBe(true)
    const delta = 'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}\n\n'
    expect(ending(delta, anthropic).isWhole).toBe(true)
    expect(ending(delta.replace('"end_turn"', 'null'), anthropic).isWhole).toBe(false)
  })

  test('may be an error', () => {
    const error = 'data: {"error":{"message":"Busy.","type":"server_error","code":"busy"}}\n\n'
    expect(ending(error).failure).toMatchObject({ message: 'Busy.' })
    expect(ending(`${error}data: [DONE]\n\n`).failure).toMatchObject({ message: 'Busy.' })
    const told =
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Busy."}}\n\n'
    expect(ending(told, anthropic).failure).toMatchObject({ message: 'Busy.', kind: 'overloaded' })
    expect(ending('data: {"error":{"mess').failure).toBeNull()
  })

  test('may lie within an event', () => {
    expect(ending('data: {"choices":[{"del').isBetweenEvents).toBe(false)
    expect(ending('data: {}\n').isBetweenEvents).toBe(false)
    expect(ending('data: {}\r\n\r\n').isBetweenEvents).toBe(true)
  })
})
