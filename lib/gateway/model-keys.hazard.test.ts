import { afterEach, describe, expect, test } from 'vitest'
import { callJson } from '@/lib/gateway/testing/call.ts'
import {
  chatBody,
  completion,
  modelSnapshot,
  type ProviderCall,
  type StandOptions,
  sendJson,
  startModelGateway,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const chat = '/v1/chat/completions'
const keysOf = (...names: string[]) => names.map((name) => ({ id: `key_${name}`, value: `token-${name}` }))
const keyOf = ({ headers }: ProviderCall) => headers.authorization?.replace('Bearer token-', '') ?? ''

/** What each key gets: a status, and what `Retry-After` says. */
type Moods = Record<string, { status: number; retryAfter?: string } | undefined>

async function start(moods: Moods, keys: string[], options: StandOptions = {}) {
  const provider = await startProvider((call, response) => {
    const mood = moods[keyOf(call)]
    if (mood === undefined) return sendJson(response, completion(keyOf(call)))
    if (mood.retryAfter !== undefined) response.setHeader('retry-after', mood.retryAfter)
    const message = `Incorrect API key provided: ${call.headers.authorization}`
    return sendJson(response, { error: { message, type: 'x', code: 'x', param: null } }, mood.status)
  })
  closers.push(provider.close)
  const upstream = { keys: keysOf(...keys), ...options.upstream }
  const gateway = await startModelGateway(`${provider.url}/v1`, { ...options, upstream })
  closers.push(gateway.close)
  const ask = () => callJson(gateway.port, chat, chatBody)
  const reports = () =>
    gateway.engine.runtimes.current?.upstreamServices[0]?.provider?.keys?.keys.map(
      ({ state }) => state.report,
    )
  return { provider, gateway, ask, reports }
}

describe('A key that the provider refuses', () => {
  test.each([401, 403])('with %i is left out, and another one answers the same request', async (status) => {
    const { provider, ask, reports } = await start({ a: { status } }, ['a', 'b'])
    const answers = []
    for (let time = 0; time < 4; time++) answers.push(await ask())
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
    expect(provider.calls.map(keyOf)).toEqual(['a', 'b', 'b', 'b', 'b'])
    expect(reports()).toMatchObject([
      { keyId: 'key_a', state: 'failing', reason: `Answered ${status}` },
      { keyId: 'key_b', state: 'ready', reason: null, until: null },
    ])
  })

  test('in the middle of a hundred requests fails none of them', async () => {
    const moods: Moods = {}
    const { gateway, ask, reports } = await start(moods, ['a', 'b', 'c'])
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        if (index === 50) moods['a'] = { status: 401 }
        return ask()
      }),
    )
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    expect((await ask()).status).toBe(200)
    expect(reports()?.map(({ state }) => state)).toEqual(['failing', 'ready', 'ready'])
    expect(gateway.engine.observer.openRequests).toBe(0)
  })

  test('without another is a 502 that holds nothing of the key', async () => {
    const { ask } = await start({ a: { status: 401 } }, ['a'])
    const answer = await ask()
    expect(answer.status).toBe(502)
    expect(JSON.parse(answer.body).error.code).toBe('upstream_credential_rejected')
    expect(answer.headers['x-switchyard-error-source']).toBe('upstream')
    expect(answer.headers['www-authenticate']).toBeUndefined()
    expect(JSON.stringify(answer)).not.toContain('token-a')
  })

  test('is tried again where all others are out, too', async () => {
    const moods: Moods = { a: { status: 401 }, b: { status: 401 } }
    const { ask } = await start(moods, ['a', 'b'])
    expect((await ask()).status).toBe(502)
    moods['a'] = undefined
    moods['b'] = undefined
    expect((await ask()).status).toBe(200)
  })
})

describe('A key that wants a rest', () => {
  test('gets one, while another serves', async () => {
    const { provider, ask, reports } = await start({ a: { status: 429, retryAfter: '30' } }, ['a', 'b'])
    for (let time = 0; time < 3; time++) expect((await ask()).status).toBe(200)
    expect(provider.calls.map(keyOf)).toEqual(['a', 'b', 'b', 'b'])
    expect(reports()?.[0]).toMatchObject({ state: 'paused', reason: 'Asked to wait 30 s (429)' })
  })

  test.each([
    ['a date', () => new Date(Date.now() + 40_000).toUTCString(), 38_000, 41_000],
    ['a number beyond all bounds', () => '999999999999999', 299_000, 300_000],
    ['nothing that is understood', () => 'soon', 500, 1_000],
    ['less than nothing', () => '-5', 500, 1_000],
  ])('that is told as %s', async (_name, retryAfter, least, most) => {
    const { ask, reports } = await start({ a: { status: 429, retryAfter: retryAfter() } }, ['a', 'b'])
    const before = Date.now()
    expect((await ask()).status).toBe(200)
    const until = reports()?.[0]?.until ?? 0
    expect(until).toBeGreaterThanOrEqual(before + least)
    expect(until).toBeLessThanOrEqual(Date.now() + most)
  })

  test('tells the caller to wait where there is no other, and how long', async () => {
    const { ask } = await start({ a: { status: 429, retryAfter: '7' } }, ['a'])
    const answer = await ask()
    expect(answer.status).toBe(429)
    expect(answer.headers['retry-after']).toBe('7')
  })
})

test('a failing provider passes a key over with failover only', async () => {
  const policy = { failures: 2, retryMs: 60_000 }
  const moods: Moods = { a: { status: 500 } }
  const { provider, ask } = await start(moods, ['a', 'b'], { upstream: { keyFailover: policy } })
  expect((await ask()).status).toBe(500)
  expect((await ask()).status).toBe(500)
  expect((await ask()).status).toBe(200)
  expect(provider.calls.map(keyOf)).toEqual(['a', 'a', 'b'])
  const spread = await start(moods, ['a', 'b'])
  for (let time = 0; time < 6; time++) await spread.ask()
  expect(spread.provider.calls.map(keyOf)).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
})

test('keys are rotated under load without a failed call', async () => {
  const valid = new Set(['a'])
  const provider = await startProvider((call, response) => {
    if (valid.has(keyOf(call))) sendJson(response, completion(keyOf(call)))
    else sendJson(response, { error: { message: 'no', type: 'x', code: 'x', param: null } }, 401)
  })
  closers.push(provider.close)
  const base = `${provider.url}/v1`
  const snapshotOf = (revision: number, ...keys: string[]) =>
    modelSnapshot(base, { upstream: { keys: keysOf(...keys) }, snapshot: { revision } })
  const gateway = await startModelGateway(base, { upstream: { keys: keysOf('a') } })
  closers.push(gateway.close)
  const statuses: number[] = []
  let isOver = false
  const turns = Array.from({ length: 8 }, () => 0)
  const worker = async (index: number) => {
    for (; !isOver; turns[index] = (turns[index] ?? 0) + 1) {
      statuses.push((await callJson(gateway.port, chat, chatBody)).status)
    }
  }
  const workers = turns.map((_, index) => worker(index))
  /** Whatever was under way has ended, and something else has been asked since. */
  const allTurnedTwice = async () => {
    const before = [...turns]
    const haveTurned = () => turns.every((count, index) => count >= (before[index] ?? 0) + 2)
    await expect.poll(haveTurned, { timeout: 20_000 }).toBe(true)
  }
  for (const [index, next] of ['b', 'c', 'd', 'e'].entries()) {
    const before = 'abcd'.charAt(index)
    valid.add(next)
    gateway.apply(snapshotOf(index * 2 + 2, before, next))
    await allTurnedTwice()
    gateway.apply(snapshotOf(index * 2 + 3, next))
    await allTurnedTwice()
    valid.delete(before)
  }
  isOver = true
  await Promise.all(workers)
  expect(statuses.filter((status) => status !== 200)).toEqual([])
  expect(new Set(provider.calls.map(keyOf))).toEqual(new Set(['a', 'b', 'c', 'd', 'e']))
}, 60_000)
