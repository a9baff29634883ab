import type { ServerResponse } from 'node:http'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterEach, describe, expect, test } from 'vitest'
import { callJson } from '@/lib/gateway/testing/call.ts'
import {
  beginStream,
  chunkOf,
  completion,
  type ProviderScript,
  sendJson,
  startModelGateway,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { ModerationRuleSnapshot } from '@/lib/snapshot/moderation-snapshot.ts'

const closers: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const word = (text: string, action: 'mask' | 'block' = 'mask'): ModerationRuleSnapshot => ({
  ...{ kind: 'word', text, action, isCaseSensitive: false, wholeWord: false },
})
const rules = [word('secret'), word('秘密'), word('🍎pie'), word('forbidden', 'block'), word('禁止', 'block')]
const moderation = { request: false, reply: true, rules, endpoint: null, message: null }

type Format = 'openai' | 'anthropic'
const pairs: ReadonlyArray<[caller: Format, service: Format]> = [
  ['openai', 'openai'],
  ['openai', 'anthropic'],
  ['anthropic', 'openai'],
  ['anthropic', 'anthropic'],
]

async function start(
  caller: Format,
  service: Format,
  script: ProviderScript,
  api: Partial<ModelApiSnapshot> = {},
) {
  const provider = await startProvider(script)
  closers.push(provider.close)
  const isOpenAi = service === 'openai'
  const gateway = await startModelGateway(isOpenAi ? `${provider.url}/v1` : provider.url, {
    upstream: { provider: isOpenAi ? 'openai-compatible' : 'claude' },
    api: { protocol: caller, moderation, ...api },
  })
  closers.push(gateway.close)
  return gateway
}

const event = (type: string, fields: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
const delta = (text: string) =>
  event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })

/** One event for each UTF-16 unit, so that emoji come in halves. */
function pieces(service: Format, text: string): string[] {
  const units = Array.from({ length: text.length }, (_, index) => text.charAt(index))
  return units.map((unit) => (service === 'openai' ? chunkOf({ content: unit }) : delta(unit)))
}

const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [],
  stop_reason: null,
}
const heads: Record<Format, string> = {
  openai: chunkOf({ role: 'assistant', content: '' }),
  anthropic:
    event('message_start', { message: { ...message, usage: { input_tokens: 5, output_tokens: 1 } } }) +
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
}
const usageChunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [] }
const ends: Record<Format, string> = {
  openai:
    chunkOf({}, 'stop') +
    `data: ${JSON.stringify({ ...usageChunk, usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 } })}\n\n` +
    'data: [DONE]\n\n',
  anthropic:
    event('content_block_stop', { index: 0 }) +
    event('message_delta', {
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 7 },
    }) +
    event('message_stop', {}),
}

/** Each event in a chunk of its own, and an end only where `isWhole`. */
const streaming =
  (
    service: Format,
    text: string,
    isWhole = true,
    opened?: (response: ServerResponse) => void,
  ): ProviderScript =>
  (_call, response) => {
    opened?.(response)
    beginStream(response)
    response.write(heads[service])
    for (const piece of pieces(service, text)) response.write(piece)
    if (isWhole) response.end(ends[service])
  }

/** As the official clients read it. */
async function stream(caller: Format, url: string) {
  const messages = [{ role: 'user' as const, content: 'Hello' }]
  if (caller === 'anthropic') {
    const client = new Anthropic({ apiKey: 'x', baseURL: url, maxRetries: 0 })
    const { content, stop_reason, usage } = await client.messages
      .stream({ model: 'm', max_tokens: 50, messages })
      .finalMessage()
    const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('')
    return { text, stop: stop_reason, output: usage.output_tokens }
  }
  const client = new OpenAI({ apiKey: 'x', baseURL: `${url}/v1`, maxRetries: 0 })
  const body = { model: 'm', messages, stream: true, stream_options: { include_usage: true } } as const
  const told = { text: '', stop: null as string | null, output: null as number | null }
  for await (const { choices, usage } of await client.chat.completions.create(body)) {
    told.text += choices[0]?.delta.content ?? ''
    told.stop = choices[0]?.finish_reason ?? told.stop
    told.output = usage?.completion_tokens ?? told.output
  }
  return told
}

const said = 'Say Secret, 秘密 and 🍎pie, not sec.'
const masked = 'Say ******, ** and ****, not sec.'

describe.each(pairs)('what a caller of %s gets of a service of %s', (caller, service) => {
  test('is masked within a stream of single characters, and its usage is kept', async () => {
    const { url } = await start(caller, service, streaming(service, said))
    const stop = caller === 'openai' ? 'stop' : 'end_turn'
    expect(await stream(caller, url)).toEqual({ text: masked, stop, output: 7 })
  })

  test.each(['forbidden', '禁止'])(
    'ends at %s with the stop of the protocol, and the service is cancelled',
    async (match) => {
      let isCancelled = false
      const opened = (response: ServerResponse) => response.on('close', () => (isCancelled = true))
      const script = streaming(service, `A secret, then ${match} words`, false, opened)
      const { url } = await start(caller, service, script)
      const { text, stop } = await stream(caller, url)
      expect(text).toBe('A ******, then ')
      expect(stop).toBe(caller === 'openai' ? 'content_filter' : 'refusal')
      await expect.poll(() => isCancelled, { timeout: 20_000 }).toBe(true)
    },
  )

  test('is masked and blocked in one piece', async () => {
    const whole = (text: string) =>
      service === 'openai'
        ? completion(text)
        : {
            ...message,
            content: [{ type: 'text', text }],
            ...{ stop_reason: 'end_turn', stop_sequence: null, usage: { input_tokens: 5, output_tokens: 7 } },
          }
    let answer = said
    const { port } = await start(caller, service, (_call, response) => sendJson(response, whole(answer)))
    const path = caller === 'openai' ? '/v1/chat/completions' : '/v1/messages'
    const ask = async () => {
      const told = await callJson(port, path, {
        ...{ model: 'm', max_tokens: 5, messages: [{ role: 'user', content: 'Hello' }] },
      })
      expect(told.status).toBe(200)
      return JSON.parse(told.body)
    }
    const fine = await ask()
    expect(JSON.stringify(fine)).toContain(masked)
    expect(caller === 'openai' ? fine.usage.completion_tokens : fine.usage.output_tokens).toBe(7)
    answer = 'A forbidden word'
    const blocked = await ask()
    expect(JSON.stringify(blocked)).not.toMatch(/forbidden|A /)
    expect(caller === 'openai' ? blocked.choices[0].finish_reason : blocked.stop_reason).toBe(
      caller === 'openai' ? 'content_filter' : 'refusal',
    )
  })
})

describe('A moderated stream', () => {
  const asking = { model: 'm', stream: true, messages: [{ role: 'user', content: 'Hello' }] }
  const chat = '/v1/chat/completions'
  const deltas = (body: string) =>
    body
      .split('\n\n')
      .filter((frame) => frame.startsWith('data: {'))
      .flatMap((frame) => JSON.parse(frame.slice('data: '.length)).choices)

  test('is released as it comes, but for what could become a match', async () => {
    let goOn: () => void = () => {}
    const { url } = await start('openai', 'openai', (_call, response) => {
      beginStream(response)
      response.write(chunkOf({ content: 'Hello. This is sec' }))
      goOn = () => response.end(chunkOf({ content: 'ond.' }) + ends.openai)
    })
    const answer = await fetch(`${url}${chat}`, { method: 'POST', body: JSON.stringify(asking) })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    let got = ''
    while (!got.includes('This is ')) got += (await reader?.read())?.value ?? ''
    expect(got).not.toContain('sec')
    goOn()
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) got += next.value
    expect(
      deltas(got)
        .map((choice) => choice.delta.content ?? '')
        .join(''),
    ).toBe('Hello. This is second.')
  })

  test('looks at each choice and at its reasoning by itself, and not at tool calls', async () => {
    const of = (index: number, change: object) => {
      const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
      return `data: ${JSON.stringify({ ...chunk, choices: [{ index, delta: change, finish_reason: null }] })}\n\n`
    }
    const stop = (index: number) =>
      of(index, {}).replace('"finish_reason":null', '"finish_reason":"tool_calls"')
    const call = {
      index: 0,
      id: 'call_1',
      type: 'function',
      function: { name: 'f', arguments: '{"a":"secret"}' },
    }
    const { port } = await start('openai', 'openai', (_call, response) => {
      beginStream(response)
      response.write(of(0, { reasoning_content: 'sec' }) + of(1, { content: 'A sec' }))
      response.write(of(0, { content: 'ret and sec' }) + of(1, { content: 'ret' }))
      response.write(of(0, { tool_calls: [call] }) + of(0, { content: 'ret' }))
      response.end(`${stop(0)}${stop(1)}data: [DONE]\n\n`)
    })
    const choices = deltas((await callJson(port, chat, asking)).body)
    const textOf = (index: number, key: string) =>
      choices
        .filter((choice) => choice.index === index)
        .map((choice) => choice.delta[key] ?? '')
        .join('')
    expect(textOf(0, 'reasoning_content')).toBe('sec')
    expect(textOf(0, 'content')).toBe('ret and ******')
    expect(textOf(1, 'content')).toBe('A ******')
    const calls = choices.flatMap(({ delta: { tool_calls: called } }) => called ?? [])
    expect(calls.map((called) => called.function.arguments).join('')).toBe('{"a":"secret"}')
  })

  test('of a service that breaks off gives what was held, and says that it broke', async () => {
    const { port } = await start('openai', 'openai', (_call, response) => {
      beginStream(response)
      response.write(chunkOf({ content: 'Half a sec' }), () => response.destroy())
    })
    const { body } = await callJson(port, chat, asking)
    expect(body).toContain('sec')
    expect(body).toContain('"error"')
  })

  test('keeps a signature of reasoning only where the reasoning is what was signed', async () => {
    const thinking = (text: string) =>
      event('content_block_start', {
        index: 0,
        content_block: { type: 'thinking', thinking: '', signature: '' },
      }) +
      event('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: text } }) +
      event('content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: 'signed' } })
    const head = heads.anthropic.slice(0, heads.anthropic.indexOf('event: content_block_start'))
    let thought = 'A secret'
    const { port } = await start('anthropic', 'anthropic', (_call, response) => {
      beginStream(response)
      response.end(head + thinking(thought) + ends.anthropic)
    })
    const ask = async () => (await callJson(port, '/v1/messages', { ...asking, max_tokens: 5 })).body
    const changed = await ask()
    expect(changed.match(/A |sec|\*{6}|signed/g)).toEqual(['A ', '******'])
    thought = 'A sec'
    expect((await ask()).match(/A |sec|signed/g)).toEqual(['A ', 'sec', 'signed'])
  })
})
