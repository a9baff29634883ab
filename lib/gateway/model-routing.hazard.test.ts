import { afterEach, describe, expect, test } from 'vitest'
import { callJson } from '@/lib/gateway/testing/call.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import {
  chatBody,
  completion,
  type ProviderScript,
  type ScriptedProvider,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModelTarget, RoutingSnapshot } from '@/lib/snapshot/model-routing-snapshot.ts'

const closers: Array<() => Promise<void>> = []
const chat = '/v1/chat/completions'

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Names itself, and the model that it was asked for. */
const answering =
  (name: string): ProviderScript =>
  (call, response) =>
    sendJson(response, completion(`${name} ${JSON.parse(call.body).model}`))

const to = (name: string, model: string | null = null): ModelTarget => ({ serviceId: `svc_${name}`, model })

/** Services a, b and so on, one for each script, behind one API. */
async function start(routing: RoutingSnapshot, scripts: readonly ProviderScript[]) {
  const providers = await Promise.all(scripts.map(startProvider))
  for (const provider of providers) closers.push(provider.close)
  const snapshotOf = (revision: number, changed = routing) =>
    makeSnapshot({
      revision,
      upstreamServices: providers.map(({ url }, index) => {
        const name = 'abcdef'[index] ?? ''
        return makeProviderService(`${url}/v1`, {}, { id: `svc_${name}`, name })
      }),
      modelApis: [makeModelApi({ routing: changed })],
    })
  const gateway = await startGateway(snapshotOf(1))
  closers.push(gateway.close)
  const ask = async (body: object) => {
    const { status, body: text } = await callJson(gateway.port, chat, { ...chatBody, ...body })
    const json = JSON.parse(text)
    return { status, said: json.choices?.[0]?.message.content as string | undefined, error: json.error }
  }
  return { providers, gateway, ask, snapshotOf }
}

const counts = (providers: readonly ScriptedProvider[]) => providers.map(({ calls }) => calls.length)

describe('by model name', () => {
  const routing: RoutingSnapshot = {
    mode: 'model-name',
    rules: [
      { pattern: 'qwen-*', target: to('a') },
      { pattern: 'gpt-?', target: to('b', 'deepseek-chat') },
    ],
    default: null,
  }

  test('the first rule that takes the model decides, and may rename it', async () => {
    const { ask } = await start(routing, [answering('a'), answering('b')])
    expect((await ask({ model: 'qwen-max' })).said).toBe('a qwen-max')
    expect((await ask({ model: 'gpt-4' })).said).toBe('b deepseek-chat')
  })

  test('a model that no rule takes is not routed, and is named', async () => {
    const { ask, providers } = await start(routing, [answering('a'), answering('b')])
    const { status, error } = await ask({ model: 'llama' })
    expect(status).toBe(404)
    expect(error).toMatchObject({ code: 'model_not_routed', message: expect.stringContaining('llama') })
    expect((await ask({ model: undefined })).error.code).toBe('model_not_routed')
    expect(counts(providers)).toEqual([0, 0])
  })

  test('a default takes the rest', async () => {
    const { ask } = await start({ ...routing, default: to('b', 'any') }, [answering('a'), answering('b')])
    expect((await ask({ model: 'llama' })).said).toBe('b any')
  })
})

describe('by proportion', () => {
  test('10,000 calls are split as the weights say', async () => {
    const targets = [
      { ...to('a'), weight: 70 },
      { ...to('b', 'small'), weight: 29 },
      { ...to('c'), weight: 1 },
    ]
    const { ask, providers } = await start({ mode: 'weight', targets }, ['a', 'b', 'c'].map(answering))
    const lane = async () => {
      for (let call = 0; call < 625; call += 1) expect((await ask({})).status).toBe(200)
    }
    await Promise.all(Array.from({ length: 16 }, lane))
    expect(counts(providers)).toEqual([7000, 2900, 100])
    expect(new Set(providers[1]?.calls.map(({ body }) => JSON.parse(body).model))).toEqual(new Set(['small']))
  }, 240_000)
})

describe('by metrics', () => {
  const routing = {
    mode: 'metrics',
    objective: 'least-total-latency',
    maxShare: 0.8,
    window: 100,
    targets: [to('a'), to('b')],
  } as const

  test('one that fails is avoided but for its share, and what was seen outlives a snapshot', async () => {
    const failing: ProviderScript = (_call, response) => sendJson(response, { error: { message: 'no' } }, 500)
    const { ask, providers, gateway, snapshotOf } = await start(routing, [failing, answering('b')])
    for (let call = 0; call < 100; call += 1) await ask({})
    const [bad = 0, good = 0] = counts(providers)
    expect(bad + good).toBe(100)
    expect(bad).toBeLessThanOrEqual(25)
    gateway.apply(snapshotOf(2))
    for (let call = 0; call < 100; call += 1) await ask({})
    expect((counts(providers)[0] ?? 0) - bad).toBeLessThanOrEqual(25)
  })

  test('what is in flight counts for least busy', async () => {
    const held: Array<() => void> = []
    const holding: ProviderScript = (call, response) => {
      held.push(() => answering('a')(call, response))
    }
    const busy = { ...routing, objective: 'least-busy', maxShare: 1 } as const
    const { ask, providers } = await start(busy, [holding, holding])
    const calls: Array<Promise<unknown>> = []
    for (let call = 1; call <= 10; call += 1) {
      calls.push(ask({}))
      await expect.poll(() => held.length).toBe(call)
    }
    expect(counts(providers)).toEqual([5, 5])
    for (const answer of held) answer()
    await Promise.all(calls)
  })
})

describe('by intent', () => {
  const routing: RoutingSnapshot = {
    mode: 'intent',
    classifier: { type: 'local' },
    labels: [],
    intents: { code: to('a', 'coder'), translation: to('b', 'translator') },
    default: to('c'),
  }
  const says = (content: unknown) => ({ messages: [{ role: 'user', content }] })

  test('each prompt goes to its intent’s service, in English and Chinese, and the rest to the default', async () => {
    const { ask } = await start(routing, ['a', 'b', 'c'].map(answering))
    const code = 'Write a Python function that parses a CSV file and prints the second column'
    expect((await ask(says(code))).said).toBe('a coder')
    expect((await ask(says('用 Go 写一个限流器'))).said).toBe('a coder')
    const parts = [{ type: 'text', text: '把下面这句话翻译成日语:我明天出发' }]
    expect((await ask(says(parts))).said).toBe('b translator')
    expect((await ask(says('Write a poem about recursion'))).said).toBe('c qwen3-8b')
    expect((await ask(says('求证:根号5是无理数'))).said).toBe('c qwen3-8b')
  })

  test('what was said before, and the system prompt, do not decide', async () => {
    const { ask } = await start(routing, ['a', 'b', 'c'].map(answering))
    const messages = [
      { role: 'system', content: 'You write Python functions.' },
      { role: 'user', content: 'Write a Python function that sorts a list' },
      { role: 'assistant', content: 'def sort(list): ...' },
      { role: 'user', content: 'Please translate into Chinese: the train is late' },
    ]
    expect((await ask({ messages })).said).toBe('b translator')
  })
})

test('a changed routing acts with the next snapshot, under load without a failed call', async () => {
  const one: RoutingSnapshot = { mode: 'single', target: to('a') }
  const { ask, gateway, snapshotOf, providers } = await start(one, ['a', 'b'].map(answering))
  const statuses: number[] = []
  let isOver = false
  const lane = async () => {
    while (!isOver) statuses.push((await ask({})).status)
  }
  const lanes = Array.from({ length: 4 }, lane)
  const changes: RoutingSnapshot[] = [
    {
      mode: 'weight',
      targets: [
        { ...to('a'), weight: 50 },
        { ...to('b'), weight: 50 },
      ],
    },
    { mode: 'model-name', rules: [{ pattern: '*', target: to('b') }], default: null },
    {
      mode: 'metrics',
      objective: 'least-first-token-latency',
      maxShare: 0.8,
      window: 100,
      targets: [to('a'), to('b')],
    },
    one,
  ]
  for (const [index, routing] of changes.entries()) {
    gateway.apply(snapshotOf(index + 2, routing))
    const seen = statuses.length
    await expect.poll(() => statuses.length).toBeGreaterThan(seen + 20)
  }
  isOver = true
  await Promise.all(lanes)
  expect(statuses.filter((status) => status !== 200)).toEqual([])
  expect(counts(providers).every((count) => count > 0)).toBe(true)
})
