import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { LimitBook } from '@/lib/counters/limits/limit-book.ts'
import type { LimitSource, LimitVerdict } from '@/lib/counters/limits/limit-source.ts'
import {
  callLimited,
  type LimitedStand,
  LimitsStand,
  limitRule,
  statusesOf,
} from '@/lib/gateway/testing/limits-stand.ts'
import { beginStream, chatBody, chunkOf, completion, sendJson } from '@/lib/gateway/testing/model-stand.ts'

/** Limits on tokens of Model APIs, over real sockets. */

const limited = new LimitsStand()
afterEach(() => limited.close())

describe('Tokens', () => {
  const tokens = [limitRule({ unit: 'tokens', amount: 1_000, span: 'hour' })]
  /** Reads a count without knowing its name: from what would be written to disk. */
  function bookLeft(book: LimitBook): number {
    const [kept] = book.kept()
    return 1_000 - (kept?.count.slice(1).reduce((sum, count) => sum + count, 0) ?? 0)
  }

  async function stand(options: LimitedStand = {}) {
    const book = new LimitBook(limited.clock)
    const { gateway } = await limited.start(tokens, { ...options, source: book })
    const used = async () => {
      await expect.poll(() => bookLeft(book), { timeout: 10_000 }).toBeLessThan(1_000)
      return 1_000 - bookLeft(book)
    }
    return { gateway, book, used }
  }

  test('admit while there are some left, so that what is under way may go beyond', async () => {
    const { gateway } = await limited.start([limitRule({ unit: 'tokens', amount: 20, span: 'hour' })])
    const first = await callLimited(gateway)
    expect(first.headers.get('x-ratelimit-remaining-tokens')).toBe('20')
    await expect.poll(async () => (await callLimited(gateway)).status, { interval: 5 }).toBe(429)
    const refused = await callLimited(gateway)
    expect(refused.headers.get('x-ratelimit-remaining-tokens')).toBe('0')
    expect(JSON.parse(refused.text).error.message).toMatch(
      /^This API takes 20 tokens per hour\. Try again in \d+ s\.$/,
    )
  })

  test('are what the service says, relayed or converted', async () => {
    const relayed = await stand()
    await callLimited(relayed.gateway)
    expect(await relayed.used()).toBe(12)
    const converted = await stand({ api: { protocol: 'anthropic' } })
    await callLimited(converted.gateway, { path: '/v1/messages', body: { max_tokens: 10 } })
    expect(await converted.used()).toBe(12)
  })

  test('of embeddings are those that went in', async () => {
    const { gateway, used } = await stand({
      script: (_call, response) =>
        sendJson(response, {
          object: 'list',
          model: 'e',
          data: [{ object: 'embedding', index: 0, embedding: [0.5] }],
          usage: { prompt_tokens: 9, total_tokens: 9 },
        }),
    })
    await callLimited(gateway, { path: '/v1/embeddings', body: { input: 'hello' } })
    expect(await used()).toBe(9)
  })

  test('of what is relayed are what the service says, and none where it says nothing', async () => {
    const images = { useCase: 'image', protocol: 'openai' } as const
    const data = [{ b64_json: 'A'.repeat(40_000) }]
    const asked = { path: '/v1/images/generations', body: { prompt: 'a cat' } }
    const telling = await stand({
      api: images,
      script: (_call, response) =>
        sendJson(response, { created: 1, data, usage: { input_tokens: 10, output_tokens: 30 } }),
    })
    expect((await callLimited(telling.gateway, asked)).status).toBe(200)
    expect(await telling.used()).toBe(40)
    const silent = await stand({
      api: images,
      script: (_call, response) => sendJson(response, { created: 1, data }),
    })
    expect((await callLimited(silent.gateway, asked)).status).toBe(200)
    await expect.poll(() => silent.gateway.engine.observer.openRequests).toBe(0)
    expect(bookLeft(silent.book)).toBe(1_000)
  })

  const usage = { prompt_tokens: 40, completion_tokens: 2, total_tokens: 42 }
  const usageChunk = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [], usage })}\n\n`
  const texts = ['a', 'b', 'c'].map((content) => chunkOf({ content })).join('')
  const end = chunkOf({}, 'stop')

  test('of a stream are those of its last words', async () => {
    for (const protocol of ['openai', 'anthropic'] as const) {
      const { gateway, used } = await stand({
        api: { protocol },
        script: (_call, response) => {
          beginStream(response)
          response.end(`${texts}${end}${usageChunk}data: [DONE]\n\n`)
        },
      })
      const path = protocol === 'openai' ? '/v1/chat/completions' : '/v1/messages'
      await callLimited(gateway, { path, body: { stream: true, max_tokens: 10 } })
      expect(await used(), protocol).toBe(42)
    }
  })

  test('that a service does not tell are one for four bytes asked, and one for each event answered', async () => {
    const { gateway, used } = await stand({
      script: (_call, response) => {
        beginStream(response)
        response.end(`${texts}${end}data: [DONE]\n\n`)
      },
    })
    const image = `data:image/png;base64,${'A'.repeat(100_000)}`
    const content = [
      { type: 'text', text: 'x'.repeat(400) },
      { type: 'image_url', image_url: { url: image } },
    ]
    await callLimited(gateway, { body: { stream: true, messages: [{ role: 'user', content }] } })
    const told = await used()
    // 100 for the text, 1000 at most for the image, 5 events, and a few for the small words around.
    expect(told).toBeGreaterThanOrEqual(1_105)
    expect(told).toBeLessThan(1_125)
  })

  test('of a whole answer without usage are one for four bytes', async () => {
    const { gateway, used } = await stand({
      script: (_call, response) => sendJson(response, { ...completion('x'.repeat(400)), usage: undefined }),
    })
    await callLimited(gateway)
    const told = await used()
    expect(told).toBeGreaterThan(100)
    expect(told).toBeLessThan(200)
  })

  test('of a stream that its service or its caller leaves are counted as far as it went', async () => {
    const broken = await stand({
      script: (_call, response) => {
        beginStream(response)
        response.write(texts, () => response.destroy())
      },
    })
    await callLimited(broken.gateway, { body: { stream: true } })
    // Three events and the one that says it broke; and what was asked.
    expect(await broken.used()).toBeGreaterThanOrEqual(4)

    const left = await stand({
      script: (_call, response) => {
        beginStream(response)
        response.write(texts)
      },
    })
    const body = JSON.stringify({ ...chatBody, stream: true })
    const socket = connect(left.gateway.port, '127.0.0.1')
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    await new Promise<void>((resolve) => {
      let seen = ''
      socket.on('data', (chunk) => {
        seen += chunk.toString()
        if (seen.includes('"c"')) resolve()
      })
    })
    socket.destroy()
    expect(await left.used()).toBeGreaterThanOrEqual(3)
  })

  test('of what a service refuses are none', async () => {
    const { gateway, book } = await stand({
      script: (_call, response) => sendJson(response, { error: { message: 'No.' } }, 400),
    })
    expect(await statusesOf(gateway, [{}, {}])).toEqual([400, 400])
    await expect.poll(() => gateway.engine.observer.openRequests).toBe(0)
    expect(bookLeft(book)).toBe(1_000)
  })
})

test('a caller that leaves before anything was sent costs nothing', async () => {
  const book = new LimitBook(limited.clock)
  const waiting: Array<() => void> = []
  const source: LimitSource = {
    admit: (uses) => new Promise<LimitVerdict>((resolve) => waiting.push(() => resolve(book.admit(uses)))),
    spend: (uses, amount) => book.spend(uses, amount),
  }
  const { gateway, provider } = await limited.start([limitRule({ unit: 'tokens', span: 'hour' })], { source })
  const body = JSON.stringify(chatBody)
  const socket = connect(gateway.port, '127.0.0.1')
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(1)
  socket.destroy()
  await expect.poll(() => gateway.connections(), { timeout: 20_000 }).toBe(0)
  waiting[0]?.()
  await expect.poll(() => gateway.engine.observer.openRequests, { timeout: 20_000 }).toBe(0)
  expect(provider.calls).toHaveLength(0)
  expect(book.size).toBe(0)
})
