import OpenAI from 'openai'
import { afterEach, describe, expect, test } from 'vitest'
import { LimitBook } from '@/lib/counters/limits/limit-book.ts'
import { LimitKeeper } from '@/lib/counters/limits/limit-keeper.ts'
import { LimitLink } from '@/lib/counters/limits/testing/limit-link.ts'
import {
  callLimited,
  type LimitedCall,
  LimitsStand,
  limitRule,
  statusesOf,
} from '@/lib/gateway/testing/limits-stand.ts'
import {
  completion,
  modelSnapshot,
  type ProviderScript,
  sendJson,
} from '@/lib/gateway/testing/model-stand.ts'
import { readMetrics } from '@/lib/gateway/testing/read-metrics.ts'
import { apiKeyDigest } from '@/lib/snapshot/api-key-digest.ts'

/** Rate limits and quotas of Model APIs, over real sockets. */

const limited = new LimitsStand()
afterEach(() => limited.close())

describe('A rate limit', () => {
  test('refuses in words and headers that say what to do, and asks nobody', async () => {
    const { gateway, provider } = await limited.start([limitRule()])
    const first = await callLimited(gateway)
    expect(first.status).toBe(200)
    expect(first.headers.get('x-ratelimit-limit-requests')).toBe('2')
    expect(first.headers.get('x-ratelimit-remaining-requests')).toBe('1')
    expect(first.headers.get('x-ratelimit-reset-requests')).toBe('1m0s')
    limited.clock.at += 15_000
    await callLimited(gateway)
    const refused = await callLimited(gateway)
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
    limited.clock.at += 45_000
    expect((await callLimited(gateway)).status).toBe(200)
  })

  test('speaks to clients of Anthropic in their own words', async () => {
    const { gateway } = await limited.start([limitRule({ amount: 1 })], { api: { protocol: 'anthropic' } })
    const asked = { path: '/v1/messages', body: { max_tokens: 10 } }
    const first = await callLimited(gateway, asked)
    expect(first.headers.get('anthropic-ratelimit-requests-limit')).toBe('1')
    expect(first.headers.get('anthropic-ratelimit-requests-reset')).toBe(
      new Date(limited.clock.at + 60_000).toISOString(),
    )
    expect(first.headers.get('x-ratelimit-limit-requests')).toBeNull()
    const refused = await callLimited(gateway, asked)
    expect(JSON.parse(refused.text)).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } })
  })

  test('of several the one that refuses is named, and what it refuses the others do not count', async () => {
    const { gateway } = await limited.start([
      limitRule({ span: 'second', amount: 1 }),
      limitRule({ span: 'hour', amount: 3 }),
    ])
    expect(await statusesOf(gateway, [{}, {}, {}])).toEqual([200, 429, 429])
    limited.clock.at += 1_000
    expect(await statusesOf(gateway, [{}, {}])).toEqual([200, 429])
    limited.clock.at += 1_000
    expect(await statusesOf(gateway, [{}])).toEqual([200])
    limited.clock.at += 1_000
    expect((await callLimited(gateway)).text).toContain('This API takes 3 requests per hour.')
  })

  test('counts a request once, however many services are asked, and those refused otherwise not at all', async () => {
    const { gateway, provider } = await limited.start([limitRule()], {
      api: {
        fallback: { upstreamErrorsOnly: false, targets: [{ serviceId: 'svc_model', model: 'other' }] },
      },
      script: (_call, response) => sendJson(response, { error: { message: 'Busy.' } }, 503),
    })
    const bad = await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body: '[' })
    expect(bad.status).toBe(400)
    expect((await fetch(`${gateway.url}/v1/models`)).status).toBe(200)
    const first = await callLimited(gateway)
    expect([first.status, first.headers.get('x-ratelimit-remaining-requests')]).toEqual([503, '1'])
    expect(await statusesOf(gateway, [{}, {}])).toEqual([503, 429])
    expect(provider.calls).toHaveLength(4)
  })

  test('leaves an API without rules as it was, and what a service says of its own limits there alone', async () => {
    const script: ProviderScript = (_call, response) => {
      response.setHeader('x-ratelimit-remaining-requests', '9')
      sendJson(response, completion('Hello'))
    }
    const free = await limited.start(null, { script })
    expect((await callLimited(free.gateway)).headers.get('x-ratelimit-remaining-requests')).toBe('9')
    const held = await limited.start([limitRule()], { script })
    expect((await callLimited(held.gateway)).headers.get('x-ratelimit-remaining-requests')).toBe('1')
  })

  test('goes on counting when its amount or its place changes', async () => {
    const { gateway, provider } = await limited.start([limitRule({ amount: 3 })])
    expect(await statusesOf(gateway, [{}, {}])).toEqual([200, 200])
    const limits = [limitRule({ by: 'model', amount: 9 }), limitRule({ amount: 2 })]
    gateway.apply({ ...modelSnapshot(`${provider.url}/v1`, { api: { limits } }), revision: 2 })
    expect(await statusesOf(gateway, [{}])).toEqual([429])
  })
})

describe('Each value has a count of its own', () => {
  const twice = <Item>(items: readonly Item[]) => [...items, ...items]

  test('models, as callers name them', async () => {
    const { gateway } = await limited.start([limitRule({ by: 'model', amount: 1, match: 'qwen*' })])
    const models = ['qwen3-8b', 'qwen-max', 'other'].map((model) => ({ body: { model } }))
    expect(await statusesOf(gateway, twice(models))).toEqual([200, 200, 200, 429, 429, 200])
  })

  test('headers, those of requests without them too', async () => {
    const { gateway } = await limited.start([limitRule({ by: 'header', header: 'x-team', amount: 1 })])
    const teams: LimitedCall[] = [{ headers: { 'X-Team': 'blue' } }, { headers: { 'x-team': 'red' } }, {}]
    expect(await statusesOf(gateway, twice(teams))).toEqual([200, 200, 200, 429, 429, 429])
    const refused = await callLimited(gateway, { headers: { 'x-team': 'blue' } })
    expect(refused.text).toContain('1 request per minute for each value of x-team')
    expect(refused.text).not.toContain('blue')
  })

  test('client addresses, which nobody can forge, and networks of IPv6', async () => {
    const limits = [limitRule({ by: 'address', amount: 1 })]
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
    const open = await limited.start(limits)
    expect(await statusesOf(open.gateway, [from('192.0.2.1'), from('192.0.2.2')])).toEqual([200, 429])
    const behind = await limited.start(limits, { snapshot: { trustedProxies: ['127.0.0.0/8'] } })
    const calls = ['192.0.2.1', '192.0.2.2', '192.0.2.1', '2001:db8::1', '2001:db8::2', '2001:db8:0:1::1']
    expect(await statusesOf(behind.gateway, calls.map(from))).toEqual([200, 200, 429, 200, 429, 200])
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
    const { gateway } = await limited.start([limitRule({ by: 'consumer', amount: 1 })], {
      api: { authorization: { consumerIds: ['con_a', 'con_b'] } },
      snapshot: { consumers },
    })
    const calls = ['a1', 'a2', 'b'].map((name) => ({ headers: { authorization: `Bearer ${keyOf(name)}` } }))
    expect(await statusesOf(gateway, [{}, ...calls])).toEqual([401, 200, 429, 200])
  })
})

describe('A quota', () => {
  test('ends with its period, by the calendar', async () => {
    const { gateway } = await limited.start([limitRule({ kind: 'quota', span: 'utc-month', amount: 1 })])
    expect(await statusesOf(gateway, [{}])).toEqual([200])
    const refused = await callLimited(gateway)
    expect([refused.status, JSON.parse(refused.text).error]).toMatchObject([
      429,
      {
        code: 'quota_exceeded',
        message:
          'The quota of 1 request per month of this API is used up. It renews at 2026-12-01T00:00:00Z.',
      },
    ])
    const before = limited.clock.at
    expect(Number(refused.headers.get('retry-after'))).toBe(
      Math.ceil((Date.UTC(2026, 11, 1) - before) / 1_000),
    )
    limited.clock.at = Date.UTC(2026, 11, 1)
    expect(await statusesOf(gateway, [{}, {}])).toEqual([200, 429])
    limited.clock.at = before
  })

  test('in all does not renew, and official clients do not try again', async () => {
    const { gateway, provider } = await limited.start([
      limitRule({ kind: 'quota', span: 'total', amount: 1 }),
    ])
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

test('two nodes admit together exactly what one would, and know of each other’s tokens', async () => {
  const keeper = new LimitKeeper(new LimitBook(limited.clock))
  const join = async () => {
    const link = new LimitLink(limited.clock)
    keeper.attach(link.child)
    await link.source.join(10_000)
    const stand = await limited.start(
      [limitRule({ amount: 50 }), limitRule({ unit: 'tokens', amount: 700, span: 'hour' })],
      {
        source: link.source,
      },
    )
    limited.closers.push(() => link.disconnect())
    return stand
  }
  const [first, second] = [await join(), await join()]
  const seen = await Promise.all(
    [first, second].flatMap(({ gateway }) => Array.from({ length: 40 }, () => callLimited(gateway))),
  )
  expect(seen.filter(({ status }) => status === 200)).toHaveLength(50)
  expect(first.provider.calls.length + second.provider.calls.length).toBe(50)
  limited.clock.at += 60_000
  // 600 tokens; the nodes tell them when their answers have ended.
  await expect
    .poll(async () => Number((await callLimited(second.gateway)).headers.get('x-ratelimit-remaining-tokens')))
    .toBeLessThanOrEqual(100)
})
