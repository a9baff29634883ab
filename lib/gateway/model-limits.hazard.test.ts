import { connect } from 'node:net'
import OpenAI from 'openai'
import { afterEach, describe, expect, test } from 'vitest'
import { LimitBook } from '@/lib/counters/limits/limit-book.ts'
import { LimitKeeper } from '@/lib/counters/limits/limit-keeper.ts'
import type { LimitSource } from '@/lib/counters/limits/limit-source.ts'
import { LimitLink } from '@/lib/counters/limits/testing/limit-link.ts'
import {
  beginStream,
  chatBody,
  chunkOf,
  completion,
  modelSnapshot,
  type ProviderScript,
  type StandOptions,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { readMetrics } from '@/lib/gateway/testing/read-metrics.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { apiKeyDigest } from '@/lib/snapshot/api-key-digest.ts'
import type { LimitRuleSnapshot } from '@/lib/snapshot/limit-snapshot.ts'

/** Rate limits and quotas of Model APIs, over real sockets. */

const closers: Array<() => Promise<void> | void> = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const clock = { at: Date.UTC(2026, 10, 21, 12), now: () => clock.at }

function rule(change: Partial<LimitRuleSnapshot> = {}): LimitRuleSnapshot {
  const usual = {
    kind: 'rate',
    by: 'api',
    header: null,
    match: null,
    unit: 'requests',
    span: 'minute',
  } as const
  return { ...usual, amount: 2, ...change }
}

const answerAll: ProviderScript = (_call, response) => sendJson(response, completion('Hello'))

interface Stand extends StandOptions {
  readonly script?: ProviderScript
  readonly source?: LimitSource
}

async function start(limits: readonly LimitRuleSnapshot[] | null, options: Stand = {}) {
  const provider = await startProvider(options.script ?? answerAll)
  closers.push(provider.close)
  const api = { limits, ...options.api }
  const snapshot = modelSnapshot(`${provider.url}/v1`, { ...options, api })
  const gateway = await startGateway(snapshot, clock, null, options.source)
  closers.push(gateway.close)
  return { provider, gateway }
}

interface Call {
  readonly path?: string
  readonly body?: object
  readonly headers?: Record<string, string>
}

async function call({ url }: TestGateway, { path = '/v1/chat/completions', body, headers }: Call = {}) {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ ...chatBody, ...body }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text }
}

async function statuses(gateway: TestGateway, calls: readonly Call[]): Promise<number[]> {
  const seen: number[] = []
  for (const one of calls) seen.push((await call(gateway, one)).status)
  return seen
}

describe('A rate limit', () => {
  test('refuses in words and headers that say what to do, and asks nobody', async () => {
    const { gateway, provider } = await start([rule()])
    const first = await call(gateway)
    expect(first.status).toBe(200)
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('2')
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('1')
    expect(first.headers.get('x-ratelimit-reset-requests')).toBe('1m0s')
    clock.at += 15_000
    await call(gateway)
    const refused = await call(gateway)
    expect(refused.status).toBe(429)
    expect(JSON.parse(refused.text).error).toMatchObject({
      type: 'rate_limit_error',
      code: 'rate_limited',
      message: 'This API takes 2 requests per minute. Try again in 45 s.',
    })
    expect(refused.headers.get('retry-after')).toBe('45')
    expect(refused.headers.get('x-ratelimit-remaining-requests')).toBe('0')
    expect(refused.headers.get('x-ratelimit-reset-requests')).toBe('45s')
    expect(refused.headers.get('x-switchyard-error-source')).toBe('client')
    expect(provider.calls).toHaveLength(2)
    expect(await readMetrics(gateway.engine)).toContain(
      'switchyard_model_limited_requests_total{api="chat",service="",limit="rate"} 1',
    )
    clock.at += 45_000
    expect((await call(gateway)).status).toBe(200)
  })

  test('speaks to clients of Anthropic in their own words', async () => {
    const { gateway } = await start([rule({ amount: 1 })], { api: { protocol: 'anthropic' } })
    const asked = { path: '/v1/messages', body: { max_tokens: 10 } }
    const first = await call(gateway, asked)
    expect(first.headers.get('anthropic-ratelimit-requests-limit')).toBe('1')
    expect(first.headers.get('anthropic-ratelimit-requests-reset')).toBe(
      new Date(clock.at + 60_000).toISOString(),
    )
    expect(first.headers.get('x-ratelimit-limit-requests')).toBeNull()
    const refused = await call(gateway, asked)
    expect(JSON.parse(refused.text)).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } })
  })

  test('of several the one that refuses is named, and what it refuses the others do not count', async () => {
    const { gateway } = await start([rule({ span: 'second', amount: 1 }), rule({ span: 'hour', amount: 3 })])
    expect(await statuses(gateway, [{}, {}, {}])).toEqual([200, 429, 429])
    clock.at += 1_000
    expect(await statuses(gateway, [{}, {}])).toEqual([200, 429])
    clock.at += 1_000
    expect(await statuses(gateway, [{}])).toEqual([200])
    clock.at += 1_000
    expect((await call(gateway)).text).toContain('This API takes 3 requests per hour.')
  })

  test('counts a request once, however many services are asked, and those refused otherwise not at all', async () => {
    const { gateway, provider } = await start([rule()], {
      api: {
        fallback: { upstreamErrorsOnly: false, targets: [{ serviceId: 'svc_model', model: 'other' }] },
      },
      script: (_call, response) => sendJson(response, { error: { message: 'Busy.' } }, 503),
    })
    const bad = await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body: '[' })
    expect(bad.status).toBe(400)
    expect((await fetch(`${gateway.url}/v1/models`)).status).toBe(200)
    expect(await statuses(gateway, [{}, {}, {}])).toEqual([503, 503, 429])
    expect(provider.calls).toHaveLength(4)
  })

  test('leaves an API without rules as it was, and what a service says of its own limits there alone', async () => {
    const script: ProviderScript = (_call, response) => {
      response.setHeader('x-ratelimit-remaining-requests', '9')
      sendJson(response, completion('Hello'))
    }
    const free = await start(null, { script })
    expect((await call(free.gateway)).headers.get('x-ratelimit-remaining-requests')).toBe('9')
    const limited = await start([rule()], { script })
    expect((await call(limited.gateway)).headers.get('x-ratelimit-remaining-requests')).toBe('1')
  })

  test('goes on counting when its amount or its place changes', async () => {
    const { gateway, provider } = await start([rule({ amount: 3 })])
    expect(await statuses(gateway, [{}, {}])).toEqual([200, 200])
    const limits = [rule({ by: 'model', amount: 9 }), rule({ amount: 2 })]
    gateway.apply({ ...modelSnapshot(`${provider.url}/v1`, { api: { limits } }), revision: 2 })
    expect(await statuses(gateway, [{}])).toEqual([429])
  })
})

describe('Each value has a count of its own', () => {
  const twice = <Item>(items: readonly Item[]) => [...items, ...items]

  test('models, as callers name them', async () => {
    const { gateway } = await start([rule({ by: 'model', amount: 1, match: 'qwen*' })])
    const models = ['qwen3-8b', 'qwen-max', 'other'].map((model) => ({ body: { model } }))
    expect(await statuses(gateway, twice(models))).toEqual([200, 200, 200, 429, 429, 200])
  })

  test('headers, those of requests without them too', async () => {
    const { gateway } = await start([rule({ by: 'header', header: 'x-team', amount: 1 })])
    const teams: Call[] = [{ headers: { 'X-Team': 'blue' } }, { headers: { 'x-team': 'red' } }, {}]
    expect(await statuses(gateway, twice(teams))).toEqual([200, 200, 200, 429, 429, 429])
    const refused = await call(gateway, { headers: { 'x-team': 'blue' } })
    expect(refused.text).toContain('1 request per minute for each value of x-team')
    expect(refused.text).not.toContain('blue')
  })

  test('client addresses, which nobody can forge, and networks of IPv6', async () => {
    const limits = [rule({ by: 'address', amount: 1 })]
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
    const open = await start(limits)
    expect(await statuses(open.gateway, [from('192.0.2.1'), from('192.0.2.2')])).toEqual([200, 429])
    const behind = await start(limits, { snapshot: { trustedProxies: ['127.0.0.0/8'] } })
    const calls = ['192.0.2.1', '192.0.2.2', '192.0.2.1', '2001:db8::1', '2001:db8::2', '2001:db8:0:1::1']
    expect(await statuses(behind.gateway, calls.map(from))).toEqual([200, 200, 429, 200, 429, 200])
  })

  test('consumers, by whichever of their keys they come', async () => {
    const keyOf = (name: string) => `ck_live_of-${name}-0123456789`
    const keysOf = (...names: string[]) =>
      names.map((name) => ({
        id: `ck_${name}`,
        digest: apiKeyDigest('ws_test', keyOf(name)),
        location: { in: 'standard' } as const,
        expiresAt: null,
      }))
    const none = { jwts: [], hmacKeys: [] }
    const consumers = [
      { id: 'con_a', name: 'a', workspaceId: 'ws_test', apiKeys: keysOf('a1', 'a2'), ...none },
      { id: 'con_b', name: 'b', workspaceId: 'ws_test', apiKeys: keysOf('b'), ...none },
    ]
    const { gateway } = await start([rule({ by: 'consumer', amount: 1 })], {
      api: { authorization: { consumerIds: ['con_a', 'con_b'] } },
      snapshot: { consumers },
    })
    const calls = ['a1', 'a2', 'b'].map((name) => ({ headers: { authorization: `Bearer ${keyOf(name)}` } }))
    expect(await statuses(gateway, [{}, ...calls])).toEqual([401, 200, 429, 200])
  })
})

describe('A quota', () => {
  test('ends with its period, by the calendar', async () => {
    const { gateway } = await start([rule({ kind: 'quota', span: 'utc-month', amount: 1 })])
    expect(await statuses(gateway, [{}])).toEqual([200])
    const refused = await call(gateway)
    expect([refused.status, JSON.parse(refused.text).error]).toMatchObject([
      429,
      {
        code: 'quota_exceeded',
        message:
          'The quota of 1 request per month of this API is used up. It renews at 2026-12-01T00:00:00Z.',
      },
    ])
    const before = clock.at
    expect(Number(refused.headers.get('retry-after'))).toBe(
      Math.ceil((Date.UTC(2026, 11, 1) - before) / 1_000),
    )
    clock.at = Date.UTC(2026, 11, 1)
    expect(await statuses(gateway, [{}, {}])).toEqual([200, 429])
    clock.at = before
  })

  test('in all does not renew, and official clients do not try again', async () => {
    const { gateway, provider } = await start([rule({ kind: 'quota', span: 'total', amount: 1 })])
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 3 })
    const ask = () =>
      client.chat.completions.create({ model: 'qwen3-8b', messages: [{ role: 'user', content: 'x' }] })
    await ask()
    const refused = await ask().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(OpenAI.RateLimitError)
    expect(refused).toMatchObject({
      code: 'quota_exceeded',
      message: expect.stringContaining('does not renew'),
    })
    expect(provider.calls).toHaveLength(1)
    expect(gateway.engine.observer.modelMeters.get('chat ')?.byStatus.get(429)).toBe(1)
  })
})

describe('Tokens', () => {
  const tokens = [rule({ unit: 'tokens', amount: 1_000, span: 'hour' })]
  /** Reads a count without knowing its name: from what would be written to disk. */
  function bookLeft(book: LimitBook): number {
    const [kept] = book.kept()
    return 1_000 - (kept?.count.slice(1).reduce((sum, count) => sum + count, 0) ?? 0)
  }

  async function stand(options: Stand = {}) {
    const book = new LimitBook(clock)
    const { gateway } = await start(tokens, { ...options, source: book })
    const used = async () => {
      await expect.poll(() => bookLeft(book), { timeout: 10_000 }).toBeLessThan(1_000)
      return 1_000 - bookLeft(book)
    }
    return { gateway, book, used }
  }

  test('admit while there are some left, so that what is under way may go beyond', async () => {
    const { gateway } = await start([rule({ unit: 'tokens', amount: 20, span: 'hour' })])
    const first = await call(gateway)
    expect(first.headers.get('x-ratelimit-remaining-tokens')).toBe('20')
    await expect.poll(async () => (await call(gateway)).status, { interval: 5 }).toBe(429)
    const refused = await call(gateway)
    expect(refused.headers.get('x-ratelimit-remaining-tokens')).toBe('0')
    expect(JSON.parse(refused.text).error.message).toMatch(
      /^This API takes 20 tokens per hour\. Try again in \d+ s\.$/,
    )
  })

  test('are what the service says, relayed or converted', async () => {
    const relayed = await stand()
    await call(relayed.gateway)
    expect(await relayed.used()).toBe(12)
    const converted = await stand({ api: { protocol: 'anthropic' } })
    await call(converted.gateway, { path: '/v1/messages', body: { max_tokens: 10 } })
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
    await call(gateway, { path: '/v1/embeddings', body: { input: 'hello' } })
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
    expect((await call(telling.gateway, asked)).status).toBe(200)
    expect(await telling.used()).toBe(40)
    const silent = await stand({
      api: images,
      script: (_call, response) => sendJson(response, { created: 1, data }),
    })
    expect((await call(silent.gateway, asked)).status).toBe(200)
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
      await call(gateway, { path, body: { stream: true, max_tokens: 10 } })
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
    await call(gateway, { body: { stream: true, messages: [{ role: 'user', content }] } })
    const told = await used()
    // 100 for the text, 1000 at most for the image, 5 events, and a few for the small words around.
    expect(told).toBeGreaterThanOrEqual(1_105)
    expect(told).toBeLessThan(1_125)
  })

  test('of a whole answer without usage are one for four bytes', async () => {
    const { gateway, used } = await stand({
      script: (_call, response) => sendJson(response, { ...completion('x'.repeat(400)), usage: undefined }),
    })
    await call(gateway)
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
    await call(broken.gateway, { body: { stream: true } })
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
    expect(await statuses(gateway, [{}, {}])).toEqual([400, 400])
    await expect.poll(() => gateway.engine.observer.openRequests).toBe(0)
    expect(bookLeft(book)).toBe(1_000)
  })
})

test('two nodes admit together exactly what one would, and know of each other’s tokens', async () => {
  const keeper = new LimitKeeper(new LimitBook(clock))
  const join = async () => {
    const link = new LimitLink(clock)
    keeper.attach(link.child)
    await link.source.join(10_000)
    const stand = await start([rule({ amount: 50 }), rule({ unit: 'tokens', amount: 700, span: 'hour' })], {
      source: link.source,
    })
    closers.push(() => link.disconnect())
    return stand
  }
  const [first, second] = [await join(), await join()]
  const seen = await Promise.all(
    [first, second].flatMap(({ gateway }) => Array.from({ length: 40 }, () => call(gateway))),
  )
  expect(seen.filter(({ status }) => status === 200)).toHaveLength(50)
  expect(first.provider.calls.length + second.provider.calls.length).toBe(50)
  clock.at += 60_000
  // 600 tokens; the nodes tell them when their answers have ended.
  await expect
    .poll(async () => Number((await call(second.gateway)).headers.get('x-ratelimit-remaining-tokens')))
    .toBeLessThanOrEqual(100)
})
