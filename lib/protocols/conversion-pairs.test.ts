import { describe, expect, test } from 'vitest'
import { plainRequest } from '@/lib/protocols/testing/plain-request.ts'
import type { ChatReply, StreamEvent } from './canonical.ts'
import type { ChatCodec, ChatFormat } from './codec.ts'
import { callerCodecOf, serviceCodecOf } from './codecs.ts'
import { ChatConversion } from './conversion.ts'
import { DroppedFields } from './dropped-fields.ts'
import { replyEssence, streamEssence, withParsedArguments } from './testing/essence.ts'
import { context, readStream, writeStream } from './testing/read-stream.ts'

/** Formats that have both sides, so that what one side writes the other reads back. */
const formats = ['openai-chat', 'anthropic-messages', 'gemini', 'bedrock-converse', 'dashscope'] as const
const pairs = formats.flatMap((caller) =>
  formats.filter((service) => service !== caller).map((service) => [caller, service] as const),
)

function codecOf(format: ChatFormat): ChatCodec {
  return { ...serviceCodecOf(format), ...callerCodecOf(format) }
}

const usage = { input: 30, output: 12, cachedInput: 10, cacheWriteInput: null, reasoning: null }
const reply: ChatReply = {
  id: 'answer-1',
  model: 'model-a',
  createdAt: 1_700_000_000,
  choices: [
    {
      index: 0,
      parts: [
        { type: 'text', text: 'I compare "both" 🌍.' },
        { type: 'tool-call', id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}' },
        { type: 'tool-call', id: 'call_2', name: 'weather', arguments: '{"city":"Rome"}' },
      ],
      stop: { reason: 'tool-calls', sequence: null },
    },
  ],
  usage,
}
const events: StreamEvent[] = [
  { type: 'start', id: 'answer-1', model: 'model-a', createdAt: 1_700_000_000 },
  { type: 'text', choice: 0, text: 'I compare ' },
  { type: 'text', choice: 0, text: '"both" 🌍.' },
  { type: 'tool-call', choice: 0, index: 0, id: 'call_1', name: 'weather' },
  { type: 'tool-arguments', choice: 0, index: 0, text: '{"city":' },
  { type: 'tool-arguments', choice: 0, index: 0, text: '"Oslo"}' },
  { type: 'tool-call', choice: 0, index: 1, id: 'call_2', name: 'weather' },
  { type: 'tool-arguments', choice: 0, index: 1, text: '{"city":"Rome"}' },
  { type: 'stop', choice: 0, stop: { reason: 'tool-calls', sequence: null } },
  { type: 'usage', usage },
  { type: 'end' },
]
const meaning = withParsedArguments(replyEssence(reply))

describe.each(pairs)('a caller of %s and a service of %s', (callerFormat, serviceFormat) => {
  const caller = codecOf(callerFormat)
  const service = codecOf(serviceFormat)
  const conversion = new ChatConversion(caller, service)

  test('understand each other’s requests, tools and pictures included', () => {
    const asked = {
      ...plainRequest,
      tools: [
        {
          name: 'weather',
          description: 'Tells it.',
          parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
          strict: null,
        },
      ],
      toolChoice: { type: 'tool', name: 'weather' } as const,
      temperature: 0.5,
      messages: [
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'user',
          parts: [
            { type: 'text', text: 'Which?' },
            { type: 'image', source: { kind: 'data', mediaType: 'image/png', data: 'AAAA' }, detail: null },
          ],
        },
        { role: 'assistant', parts: reply.choices[0]?.parts ?? [] },
        {
          role: 'tool',
          parts: ['call_1', 'call_2'].map((callId) => ({
            type: 'tool-result' as const,
            callId,
            name: 'weather',
            parts: [{ type: 'text' as const, text: 'rain' }],
            isError: false,
          })),
        },
      ] as const,
    }
    const body = JSON.parse(JSON.stringify(caller.writeRequest(asked, new DroppedFields())))
    const converted = conversion.request(body, { model: 'model-a', stream: false }, 'model-b')
    const read = service.readRequest(converted.body, { model: 'model-b', stream: false }, new DroppedFields())
    expect(converted.dropped).toEqual([])
    expect(read).toMatchObject({
      model: 'model-b',
      tools: asked.tools,
      toolChoice: asked.toolChoice,
      temperature: 0.5,
      maxTokens: 4096,
    })
    const said = (messages: typeof read.messages) =>
      messages.flatMap(({ role, parts }) =>
        parts.map((part) =>
          part.type === 'tool-result' ? { role, ...part, name: null } : { role, ...part },
        ),
      )
    expect(said(read.messages)).toEqual(said(asked.messages))
  })

  test('understand each other’s answers', () => {
    const body = JSON.parse(JSON.stringify(service.writeReply(reply, context, new DroppedFields())))
    const converted = conversion.reply(body, context)
    expect(converted).toMatchObject({ usage: { input: 30, output: 12, cachedInput: 10 }, failure: null })
    const back = caller.readReply(JSON.parse(JSON.stringify(converted.body)))
    expect(withParsedArguments(replyEssence(back))).toEqual(meaning)
    expect(converted.dropped).toEqual([])
  })

  test('understand each other’s streams, cut at any byte', () => {
    const sent = writeStream(service, events)
    for (let at = 0; at < sent.length; at++) {
      const stream = conversion.stream(context)
      const parts = [stream.push(sent.subarray(0, at)), stream.push(sent.subarray(at)), stream.end()]
      const got = Buffer.concat(parts.filter((part) => part !== null))
      const essence = withParsedArguments(streamEssence(readStream(caller, [got])))
      expect(essence, `cut at ${at}`).toEqual(meaning)
      expect(stream.usage).toMatchObject({ input: 30, output: 12, cachedInput: 10 })
    }
  })

  test('understand each other’s errors', () => {
    const failure = {
      kind: 'rate-limit',
      status: 429,
      message: 'Too often.',
      code: null,
      param: null,
    } as const
    const body = service.writeFailure(failure, 'r')
    const told = conversion.failure(429, body, 'r')
    expect(told.failure).toMatchObject({ kind: 'rate-limit', message: 'Too often.' })
    expect(caller.readFailure(told.status, told.body)).toMatchObject({
      kind: 'rate-limit',
      message: 'Too often.',
    })
  })
})
