import { afterEach, describe, expect, test, vi } from 'vitest'
import { type DebugEvent, debugEvent } from '@/lib/domain/debug.ts'
import { type DebugCall, EmbeddedGateway } from '@/lib/gateway/embedded-gateway.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import {
  beginStream,
  chatBody,
  chunkOf,
  completion,
  modelSnapshot,
  type ProviderScript,
  type ScriptedProvider,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { createLogger } from '@/lib/platform/logger.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

const path = '/v1/chat/completions'
const closers: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function provider(script: ProviderScript): Promise<ScriptedProvider> {
  const started = await startProvider(script)
  closers.push(started.close)
  return started
}

function embedded(snapshot: GatewaySnapshot): EmbeddedGateway {
  const gateway = new EmbeddedGateway(createLogger('test', 'silent'))
  closers.push(() => gateway.close())
  gateway.apply(snapshot)
  return gateway
}

function callOf(changes: Partial<DebugCall> & { readonly json?: unknown } = {}): DebugCall {
  const { json = chatBody, ...rest } = changes
  const body = Buffer.from(typeof json === 'string' ? json : JSON.stringify(json))
  const target = rest.target ?? path
  const headers = ['host', 'api.test', 'content-type', 'application/json', 'content-length', `${body.length}`]
  return {
    apiId: 'mapi_chat',
    inNameOf: null,
    side: 'internet',
    scheme: 'http',
    method: 'POST',
    target,
    headers,
    body,
    clientAddress: '203.0.113.9',
    shown: { method: 'POST', url: `http://api.test${target}`, headers: [['host', 'api.test']] },
    ...rest,
  }
}

async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<DebugEvent> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true })
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) yield debugEvent.parse(JSON.parse(line))
  }
  expect(text).toBe('')
}

async function run(gateway: EmbeddedGateway, call: DebugCall = callOf()): Promise<DebugEvent[]> {
  const watched = gateway.debug(call)
  const events: DebugEvent[] = []
  for await (const event of eventsOf(watched.events)) events.push(event)
  await watched.ended
  return events
}

type Kind<T extends DebugEvent['type']> = Extract<DebugEvent, { type: T }>
function all<T extends DebugEvent['type']>(events: readonly DebugEvent[], type: T): Kind<T>[] {
  return events.filter((event): event is Kind<T> => event.type === type)
}
function one<T extends DebugEvent['type']>(events: readonly DebugEvent[], type: T): Kind<T> {
  const [found] = all(events, type)
  if (found === undefined) throw new Error(`There is no ${type} among ${JSON.stringify(events)}.`)
  return found
}
const answerOf = (events: readonly DebugEvent[]) =>
  all(events, 'frame')
    .map(({ content, encoding }) => Buffer.from(content, encoding === 'text' ? 'utf8' : 'base64').toString())
    .join('')

describe('what is told of a call', () => {
  test('all that becomes of it, in its order, as it was sent and as it came', async () => {
    const server = await provider((_call, response) => sendJson(response, completion('hi')))
    const events = await run(embedded(modelSnapshot(server.url)))
    expect(events.map(({ type }) => type)).toEqual([
      ...['sent', 'routed', 'attempt', 'head', 'frame', 'attempt-ended', 'end'],
    ])
    expect(one(events, 'sent')).toMatchObject({
      requestId: expect.stringMatching(/^req_/),
      request: {
        url: `http://api.test${path}`,
        body: { encoding: 'text', content: JSON.stringify(chatBody), isCut: false },
      },
    })
    expect(one(events, 'routed').reason).toEqual({ mode: 'single' })
    const [call] = server.calls
    const { request } = one(events, 'attempt')
    expect(request?.url).toBe(server.url + call?.url)
    expect(request?.body?.content).toBe(call?.body)
    const headers = new Map(request?.headers)
    for (const [name, value] of Object.entries(call?.headers ?? {})) {
      if (name !== 'connection' && name !== 'authorization') expect(headers.get(name)).toBe(value)
    }
    expect(answerOf(events)).toBe(JSON.stringify(completion('hi')))
    expect(one(events, 'end')).toMatchObject({
      status: 200,
      errorSource: null,
      usage: { input: 5, output: 7 },
      finishReason: 'stop',
      isBroken: false,
    })
    const times = events.flatMap((event) => ('atMs' in event ? [event.atMs] : []))
    expect(times).toEqual([...times].sort((left, right) => left - right))
  })

  test('a stream event by event, with the first token, however its bytes come', async () => {
    const text = chunkOf({ role: 'assistant' }) + chunkOf({ content: '你好😀' }) + chunkOf({}, 'stop')
    const bytes = Buffer.from(`${text}data: [DONE]\n\n`)
    const server = await provider((_call, response) => {
      beginStream(response)
      const next = (at: number) => {
        if (at >= bytes.length) response.end()
        else response.write(bytes.subarray(at, at + 7), () => setImmediate(next, at + 7))
      }
      next(0)
    })
    const events = await run(
      embedded(modelSnapshot(server.url)),
      callOf({ json: { ...chatBody, stream: true } }),
    )
    const frames = all(events, 'frame').map(({ content }) => content)
    expect(frames).toHaveLength(4)
    for (const frame of frames) expect(frame).toMatch(/^data: .*\n\n$/s)
    expect(frames.join('')).toBe(bytes.toString())
    const end = one(events, 'end')
    expect(end.firstTokenMs).toBeGreaterThan(0)
    expect(end.firstTokenMs).toBeLessThanOrEqual(end.atMs)
  })

  test('each attempt, and why the next one came', async () => {
    const bad = await provider((_call, response) => sendJson(response, { error: { message: 'no' } }, 503))
    const good = await provider((_call, response) => sendJson(response, completion('hi')))
    const gone = await provider(() => {})
    await gone.close()
    const target = (serviceId: string) => ({ serviceId, model: null })
    const snapshot = makeSnapshot({
      upstreamServices: [
        makeProviderService(bad.url, {}, { id: 'svc_bad', name: 'bad' }),
        makeProviderService(gone.url, {}, { id: 'svc_gone', name: 'gone' }),
        makeProviderService(good.url, {}, { id: 'svc_good', name: 'good' }),
      ],
      modelApis: [
        makeModelApi({
          routing: { mode: 'single', target: target('svc_bad') },
          fallback: { upstreamErrorsOnly: false, targets: [target('svc_gone'), target('svc_good')] },
        }),
      ],
    })
    const events = await run(embedded(snapshot))
    expect(all(events, 'attempt').map(({ service, index }) => [service.name, index])).toEqual([
      ['bad', 0],
      ['gone', 1],
      ['good', 2],
    ])
    expect(all(events, 'attempt-ended')).toMatchObject([
      { index: 0, status: 503, reason: 'answered_error', message: 'no' },
      { index: 1, status: null, reason: 'upstream_unreachable' },
      { index: 2, status: 200, reason: null, message: null },
    ])
    expect(one(events, 'end')).toMatchObject({ status: 200, errorSource: null })
  })

  test('what is wrong, and whose fault it is', async () => {
    const server = await provider((_call, response) =>
      sendJson(response, { error: { message: 'Slow down.' } }, 429),
    )
    const gateway = embedded(modelSnapshot(server.url))
    const refused = await run(gateway, callOf({ json: 'not JSON' }))
    expect(refused.map(({ type }) => type)).toEqual(['sent', 'head', 'frame', 'end'])
    expect(one(refused, 'end')).toMatchObject({
      status: 400,
      errorSource: 'client',
      errorCode: 'invalid_request',
    })
    const limited = await run(gateway)
    expect(one(limited, 'end')).toMatchObject({ status: 429, errorSource: 'upstream', errorCode: null })
    expect(answerOf(limited)).toContain('Slow down.')
    await server.close()
    const dead = await run(embedded(modelSnapshot(server.url)))
    expect(one(dead, 'end')).toMatchObject({ status: 503, errorSource: 'upstream', isBroken: false })
  })

  test('a service that dies within its answer', async () => {
    const server = await provider((_call, response) => {
      beginStream(response)
      response.write(chunkOf({ content: 'half' }), () => response.destroy())
    })
    const events = await run(
      embedded(modelSnapshot(server.url)),
      callOf({ json: { ...chatBody, stream: true } }),
    )
    expect(answerOf(events)).toContain('half')
    expect(one(events, 'attempt-ended')).toMatchObject({ status: 200, reason: 'broke_off' })
    expect(one(events, 'end')).toMatchObject({ isBroken: true, errorSource: 'upstream' })
  })
})

describe('whoever reads', () => {
  test('cancels the service by leaving', async () => {
    let closed = () => {}
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve
    })
    const server = await provider((_call, response) => {
      response.on('close', closed)
      beginStream(response)
      response.write(chunkOf({ content: 'one' }))
    })
    const watched = embedded(modelSnapshot(server.url)).debug(callOf({ json: { ...chatBody, stream: true } }))
    const reader = watched.events.getReader()
    let seen = ''
    while (!seen.includes('"frame"')) seen += Buffer.from((await reader.read()).value ?? []).toString()
    await reader.cancel()
    await isClosed
    await watched.ended
  })

  test('holds the service up by not reading, and gets everything all the same', async () => {
    const chunk = chunkOf({ content: 'x'.repeat(60_000) })
    const count = 400
    let sent = 0
    const server = await provider((_call, response) => {
      beginStream(response)
      const next = () => {
        if (sent === count) response.end('data: [DONE]\n\n')
        else {
          sent += 1
          if (response.write(chunk)) setImmediate(next)
          else response.once('drain', next)
        }
      }
      next()
    })
    const watched = embedded(modelSnapshot(server.url)).debug(callOf({ json: { ...chatBody, stream: true } }))
    let before = -1
    await vi.waitFor(
      () => {
        const now = sent
        const isStill = now === before && now > 0
        before = now
        expect(isStill).toBe(true)
      },
      { timeout: 10_000, interval: 100 },
    )
    expect(sent).toBeLessThan(count)
    let bytes = 0
    for await (const event of eventsOf(watched.events)) if (event.type === 'frame') bytes += event.bytes
    expect(bytes).toBe(Buffer.byteLength(chunk) * count + Buffer.byteLength('data: [DONE]\n\n'))
  })
})

describe('secrets', () => {
  const secret = 'sk-very-secret-key-0123456789abcdef'

  test('are in nothing that is told, wherever a service repeats them', async () => {
    const server = await provider((call, response) => {
      const shown = JSON.stringify({
        url: call.url,
        headers: call.headers,
        again: [secret, encodeURIComponent(secret)],
      })
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-echo': String(call.headers.authorization),
      })
      const body = JSON.stringify({ ...completion(shown), base64: Buffer.from(secret).toString('base64') })
      const middle = body.indexOf(secret) + 9
      response.write(body.slice(0, middle))
      setImmediate(() => response.end(body.slice(middle)))
    })
    const snapshot = modelSnapshot(server.url, { upstream: { keys: [{ id: 'key_1', value: secret }] } })
    const json = { ...chatBody, user: secret }
    const events = await run(embedded(snapshot), callOf({ json, target: `${path}?again=${secret}` }))
    expect(server.calls[0]?.headers.authorization).toBe(`Bearer ${secret}`)
    const told = JSON.stringify(events)
    expect(told).not.toContain(secret)
    expect(told).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20))
    expect(new Map(one(events, 'attempt').request?.headers).get('authorization')).toBe('Bearer ••••cdef')
    expect(one(events, 'end').status).toBe(200)
  })

  test('do not come through in halves', async () => {
    const server = await provider((_call, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' })
      const bytes = Buffer.from(`a ${secret} b`)
      const next = (at: number) => {
        if (at >= bytes.length) response.end()
        else response.write(bytes.subarray(at, at + 3), () => setImmediate(next, at + 3))
      }
      next(0)
    })
    const snapshot = modelSnapshot(server.url, {
      upstream: { keys: [{ id: 'key_1', value: secret }] },
      api: { useCase: 'speech' },
    })
    const events = await run(embedded(snapshot), callOf({ target: '/v1/audio/speech' }))
    expect(answerOf(events)).toBe('a ••••cdef b')
  })
})

describe('whom a call reaches, and in whose name', () => {
  test('no other API, whatever the path leads to', async () => {
    const server = await provider((_call, response) => sendJson(response, completion('hi')))
    const mine = makeModelApi({ id: 'mapi_mine', name: 'mine', basePath: '/mine' })
    const other = makeModelApi({
      ...{ id: 'mapi_other', name: 'other', basePath: '/mine/below', workspaceId: 'ws_other' },
      authorization: { consumerIds: [] },
    })
    const gateway = embedded(modelSnapshot(server.url, { snapshot: { modelApis: [mine, other] } }))
    const events = await run(gateway, callOf({ apiId: 'mapi_mine', target: `/mine/below${path}` }))
    expect(one(events, 'end')).toMatchObject({ status: 404, errorCode: 'route_not_found' })
    expect(server.calls).toHaveLength(0)
  })

  test('nobody needs no grant, a consumer needs its own, and a header makes nobody anybody', async () => {
    const server = await provider((_call, response) => sendJson(response, completion('hi')))
    const consumer = (id: string) => ({
      id,
      name: id,
      workspaceId: 'ws_test',
      apiKeys: [],
      jwts: [],
      hmacKeys: [],
    })
    const snapshot = modelSnapshot(server.url, {
      api: { authorization: { consumerIds: ['con_granted'] } },
      snapshot: { consumers: [consumer('con_granted'), consumer('con_known')] },
    })
    const gateway = embedded(snapshot)
    const statusOf = async (inNameOf: string | null) =>
      one(await run(gateway, callOf({ inNameOf })), 'end').status
    expect(await statusOf(null)).toBe(200)
    expect(await statusOf('con_granted')).toBe(200)
    expect(await statusOf('con_known')).toBe(403)
    expect(await statusOf('con_unknown')).toBe(401)
    const response = await gateway.handle(
      new Request(`http://console.test/api/gateway${path}`, {
        method: 'POST',
        body: JSON.stringify(chatBody),
        headers: { 'x-switchyard-consumer': 'con_granted', 'x-switchyard-debug': 'mapi_chat' },
      }),
      { side: 'internet', clientAddress: '203.0.113.9' },
    )
    expect(response.status).toBe(401)
  })
})

describe('what traffic is held to', () => {
  test('holds here, too: moderation and limits', async () => {
    const server = await provider((_call, response) => sendJson(response, completion('hi')))
    const rules = [
      {
        kind: 'word' as const,
        text: 'forbidden',
        action: 'block' as const,
        isCaseSensitive: false,
        wholeWord: false,
      },
    ]
    const gateway = embedded(
      modelSnapshot(server.url, {
        api: { moderation: { request: true, reply: false, rules, message: 'No.', endpoint: null } },
        snapshot: { limits: { requestsPerSecond: 2 } },
      }),
    )
    const messages = [{ role: 'user', content: 'something forbidden' }]
    const blocked = await run(gateway, callOf({ json: { ...chatBody, messages } }))
    expect(one(blocked, 'end')).toMatchObject({
      status: 400,
      errorCode: 'content_blocked',
      errorSource: 'client',
    })
    expect(server.calls).toHaveLength(0)
    const ends = await Promise.all(Array.from({ length: 10 }, async () => one(await run(gateway), 'end')))
    const codes = ends.map(({ errorCode }) => errorCode)
    expect(codes).toContain('rate_limited')
    expect(server.calls.length).toBeLessThan(10)
  })
})

test('what was made is asked about at the same service, also by the gateway that comes after', async () => {
  const makes =
    (id: string): ProviderScript =>
    (call, response) =>
      sendJson(
        response,
        call.method === 'POST' ? { id: `${id}-1`, object: 'batch' } : { id: call.url, object: 'batch' },
      )
  const servers = [await provider(makes('one')), await provider(makes('two'))] as const
  const [one_, two] = servers
  const snapshot = makeSnapshot({
    upstreamServices: [
      makeProviderService(one_.url, { provider: 'openai' }, { id: 'svc_1', name: 'one' }),
      makeProviderService(two.url, { provider: 'openai' }, { id: 'svc_2', name: 'two' }),
    ],
    modelApis: [
      makeModelApi({
        useCase: 'others',
        routing: {
          mode: 'weight',
          targets: [
            { serviceId: 'svc_1', model: null, weight: 50 },
            { serviceId: 'svc_2', model: null, weight: 50 },
          ],
        },
      }),
    ],
  })
  const first = new EmbeddedGateway(createLogger('test', 'silent'))
  first.apply(snapshot)
  await run(first, callOf({ target: '/v1/batches', json: {} }))
  const maker = one_.calls.length > 0 ? 'one' : 'two'
  const { memory } = first
  await first.close()
  const second = new EmbeddedGateway(createLogger('test', 'silent'), memory)
  closers.push(() => second.close())
  second.apply(snapshot)
  for (let turn = 0; turn < 3; turn += 1) {
    const asked = callOf({
      target: `/v1/batches/${maker}-1`,
      method: 'GET',
      body: null,
      headers: ['host', 'api.test'],
    })
    const events = await run(second, asked)
    expect(one(events, 'routed').reason).toEqual({ mode: 'affinity' })
    expect(one(events, 'attempt').service.name).toBe(maker)
  }
})
