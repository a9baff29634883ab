import { constants } from 'node:http2'
import * as grpc from '@grpc/grpc-js'
import { afterEach, describe, expect, test } from 'vitest'
import { ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { readMetrics } from '@/lib/gateway/testing/read-metrics.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { Echo, type Message, startGrpcEcho } from '@/lib/gateway/testing/start-grpc-echo.ts'
import type { GatewayLimits, InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Options {
  readonly service?: Partial<InferenceServiceSnapshot>
  readonly limits?: Partial<GatewayLimits>
}

async function setUp(options: Options = {}) {
  const server = await startGrpcEcho()
  const { seen, url } = server
  closers.push(server.close)
  const gateway = await startGateway(
    makeSnapshot({
      services: [makeService({ protocol: 'grpc', instances: [makeInstance(url)], ...options.service })],
      limits: { requestBodyBytesMax: 16_777_216, ...options.limits },
    }),
  )
  closers.push(gateway.close)
  return { seen, server, gateway, client: clientOf(gateway) }
}

/** Host form: gRPC clients take no path, only an authority. */
function clientOf(gateway: TestGateway, authority = 'demo.gateway.test', token: string | null = testToken) {
  const client: any = new Echo(`127.0.0.1:${gateway.port}`, grpc.credentials.createInsecure(), {
    'grpc.default_authority': authority,
    'grpc.max_receive_message_length': -1,
  })
  closers.push(() => client.close())
  const metadata = new grpc.Metadata()
  if (token !== null) metadata.set('authorization', token)
  return {
    metadata,
    unary: (message: Message, options: grpc.CallOptions = {}) =>
      new Promise<{
        answer: Message | undefined
        error: grpc.ServiceError | null
        first: grpc.Metadata | null
        last: grpc.StatusObject
      }>((resolve) => {
        let outcome: { answer: Message | undefined; error: grpc.ServiceError | null }
        let first: grpc.Metadata | null = null
        const call = client.Unary(
          message,
          metadata,
          options,
          (error: grpc.ServiceError | null, answer?: Message) => {
            outcome = { answer, error }
          },
        )
        call.on('metadata', (received: grpc.Metadata) => {
          first = received
        })
        call.on('status', (last: grpc.StatusObject) =>
          setImmediate(() => resolve({ ...outcome, first, last })),
        )
      }),
    raw: client,
  }
}

interface Ending {
  texts: string[]
  status: grpc.StatusObject
}

function collect(call: grpc.ClientReadableStream<Message> | grpc.ClientDuplexStream<Message, Message>) {
  const texts: string[] = []
  const ended = new Promise<Ending>((resolve) => {
    call.on('data', (message: Message) => texts.push(message.text))
    call.on('error', () => {})
    call.on('status', (status: grpc.StatusObject) => resolve({ texts, status }))
  })
  return { texts, ended }
}

function statusCounts(gateway: TestGateway): Record<string, number> {
  return Object.fromEntries(gateway.engine.observer.meters.get('demo')?.byStatus ?? [])
}

describe('A gRPC call passes', () => {
  test('as a unary call, with metadata and trailers both ways', async () => {
    const { client, seen } = await setUp()
    client.metadata.set('x-custom', 'kept')
    client.metadata.set('x-bytes-bin', Buffer.from([0, 255, 7]))
    const { answer, first, last } = await client.unary({ text: 'hello' })
    expect(answer?.text).toBe('hello')
    expect(first?.get('x-first')).toEqual(['begun'])
    expect(first?.get('x-request-id')[0]).toMatch(/^req_/)
    expect(last.code).toBe(grpc.status.OK)
    expect(last.metadata.get('x-last')).toEqual(['over'])
    const [metadata] = seen.metadata
    expect(metadata?.get('x-custom')).toEqual(['kept'])
    expect(metadata?.get('x-bytes-bin')).toEqual([Buffer.from([0, 255, 7])])
    expect(metadata?.get('authorization')).toEqual([])
    expect(metadata?.get('x-forwarded-host')).toEqual(['demo.gateway.test'])
  })

  test('as client streaming', async () => {
    const { client } = await setUp()
    const answer = await new Promise<Message>((resolve, reject) => {
      const call = client.raw.ClientStream(client.metadata, (error: Error | null, message: Message) =>
        error === null ? resolve(message) : reject(error),
      )
      for (const text of ['one', 'two', 'three']) call.write({ text })
      call.end()
    })
    expect(answer.text).toBe('one two three')
  })

  test('as server streaming', async () => {
    const { client, gateway } = await setUp()
    const { ended } = collect(client.raw.ServerStream({ text: 'a b c' }, client.metadata))
    const { texts, status } = await ended
    expect(texts).toEqual(['a', 'b', 'c'])
    expect(gateway.engine.observer.meters.get('demo')?.byGrpcStatus).toEqual(new Map([[grpc.status.OK, 1]]))
    expect(status.code).toBe(grpc.status.OK)
    expect(status.metadata.get('x-last')).toEqual(['over'])
  })

  test('in both directions at once: each message is answered before the next is sent', async () => {
    const { client } = await setUp()
    const call = client.raw.Bidirectional(client.metadata)
    const { texts, ended } = collect(call)
    for (const text of ['one', 'two', 'three']) {
      call.write({ text })
      await until(() => texts.at(-1) === text, `${text} came back`)
    }
    call.end()
    expect((await ended).status.code).toBe(grpc.status.OK)
  })

  test('with messages of many frames', async () => {
    const { client } = await setUp()
    const payload = Buffer.alloc(6_000_000, 'x')
    const { answer } = await client.unary({ text: 'large', payload })
    expect(answer?.payload?.equals(payload)).toBe(true)
  })

  test("with the instance's own status, message and details", async () => {
    const { client } = await setUp()
    const { error, last } = await client.unary({ text: 'fail' })
    expect(error?.code).toBe(grpc.status.FAILED_PRECONDITION)
    expect(error?.details).toBe('no – not “now”')
    expect(last.metadata.get('x-last')).toEqual(['over'])
    expect(last.metadata.get('grpc-status-details-bin')).toEqual([Buffer.from([8, 5, 18, 2, 110, 111])])
  })

  test('a hundred at a time over one connection', async () => {
    const { client } = await setUp()
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, index) => client.unary({ text: String(index) })),
    )
    expect(all.map(({ answer }) => answer?.text)).toEqual(all.map((_, index) => String(index)))
  })
})

test('A call may also name its service in the path, and an error is one frame', async () => {
  const { gateway } = await setUp()
  const session = await openHttp2(gateway.url)
  closers.push(() => session.destroy())
  const call = {
    ':method': 'POST',
    ':path': '/api/predict/demo/switchyard.test.Echo/Unary',
    'content-type': 'application/grpc+proto',
    te: 'trailers',
  }
  // A message with the text "ab", in the frame that gRPC puts around it.
  const frame = Buffer.from([0, 0, 0, 0, 4, 0x0a, 2, 0x61, 0x62])
  const answer = await ask(session, { ...call, authorization: testToken }, frame)
  expect(answer.headers).toMatchObject({ ':status': 200, 'content-type': 'application/grpc+proto' })
  expect(answer.body).toContain('ab')
  expect(answer.trailers?.['grpc-status']).toBe('0')

  const refused = session.request(call)
  const flags = new Promise<number>((resolve) =>
    refused.once('response', (_headers, given) => resolve(given)),
  )
  expect((await flags) & constants.NGHTTP2_FLAG_END_STREAM).toBe(constants.NGHTTP2_FLAG_END_STREAM)
  refused.close()
})

describe("A call's end", () => {
  test('comes with its deadline, which the instance knows too', async () => {
    const { client, gateway, seen } = await setUp()
    const { error } = await client.unary({ text: 'hang' }, { deadline: Date.now() + 1_500 })
    expect(error?.code).toBe(grpc.status.DEADLINE_EXCEEDED)
    await until(() => seen.cancelled === 1, 'the instance was cancelled')
    const deadline = Number(seen.deadlines[0])
    expect(deadline - Date.now()).toBeLessThanOrEqual(1_500)
    await until(() => gateway.engine.observer.openRequests === 0, 'the gateway let go')
  })

  test("passes the caller's deadline on a stream that has begun", async () => {
    const { gateway, seen } = await setUp()
    const client = clientOf(gateway)
    // A client that has no clock of its own: the gateway must keep the time.
    client.metadata.set('grpc-timeout', '1500m')
    const { texts, ended } = collect(client.raw.ServerStream({ text: 'a hang' }, client.metadata))
    const { status } = await ended
    expect(texts).toEqual(['a', 'hang'])
    expect(status.code).toBe(grpc.status.DEADLINE_EXCEEDED)
    await until(() => seen.cancelled === 1, 'the instance was cancelled')
  })

  test('cancels the instance when the caller cancels', async () => {
    const { client, gateway, seen } = await setUp()
    const call = client.raw.ServerStream({ text: 'a hang' }, client.metadata)
    const { texts } = collect(call)
    await until(() => texts.length === 2, 'the stream has begun')
    call.cancel()
    await until(() => seen.cancelled === 1, 'the instance was cancelled')
    await until(() => statusCounts(gateway)['499'] === 1, 'it counts as the caller leaving')
  })

  test('says UNAVAILABLE when the instance dies within the answer', async () => {
    const { client, server, gateway } = await setUp()
    const { texts, ended } = collect(client.raw.ServerStream({ text: 'a hang' }, client.metadata))
    await until(() => texts.length === 2, 'the stream has begun')
    server.close()
    const { status } = await ended
    expect(status.code).toBe(grpc.status.UNAVAILABLE)
    expect(status.metadata.get('x-switchyard-error-source')).toEqual(['upstream'])
    await until(() => statusCounts(gateway)['502'] === 1, 'it counts as broken off')
    expect(await readMetrics(gateway.engine)).toContain(
      'switchyard_grpc_calls_total{service="demo",grpc_status="14"} 1',
    )
  })
})

describe('A gateway error is told in gRPC', () => {
  const failing = async (
    change: (parts: Awaited<ReturnType<typeof setUp>>) => ReturnType<typeof clientOf>,
    options: Options = {},
  ) => {
    const parts = await setUp(options)
    const { error, last } = await change(parts).unary({ text: 'x' })
    return { error, last, parts }
  }

  test('without a token', async () => {
    const { error, last, parts } = await failing(({ gateway }) =>
      clientOf(gateway, 'demo.gateway.test', null),
    )
    expect(error?.code).toBe(grpc.status.UNAUTHENTICATED)
    expect(error?.details).toContain('This service needs a token.')
    expect(last.metadata.get('x-switchyard-error-source')).toEqual(['client'])
    expect(last.metadata.get('x-request-id')[0]).toMatch(/^req_/)
    expect(statusCounts(parts.gateway)).toEqual({ 401: 1 })
  })

  test('for a service that is not there', async () => {
    const { error } = await failing(({ gateway }) => clientOf(gateway, 'none.gateway.test'))
    expect(error?.code).toBe(grpc.status.UNIMPLEMENTED)
  })

  test('for a service without gRPC', async () => {
    const { error, parts } = await failing(({ client }) => client, { service: { protocol: 'http' } })
    expect(error?.code).toBe(grpc.status.UNIMPLEMENTED)
    expect(error?.details).toBe('This service takes no gRPC calls.')
    expect(statusCounts(parts.gateway)).toEqual({ 415: 1 })
  })

  test('when nothing listens, with a hint when to come back', async () => {
    const { error, last } = await failing(({ client }) => client, {
      service: { instances: [makeInstance('http://127.0.0.1:1')] },
    })
    expect(error?.code).toBe(grpc.status.UNAVAILABLE)
    expect(last.metadata.get('grpc-retry-pushback-ms')).toEqual(['1000'])
  })

  test('when the instance is slower than the service allows', async () => {
    const parts = await setUp({ service: { requestTimeoutMs: 200 } })
    const { error } = await parts.client.unary({ text: 'silence' })
    expect(error?.code).toBe(grpc.status.DEADLINE_EXCEEDED)
    expect(statusCounts(parts.gateway)).toEqual({ 504: 1 })
  })

  test('when the message is too large', async () => {
    const parts = await setUp({ limits: { requestBodyBytesMax: 1_000 } })
    const { error } = await parts.client.unary({ text: 'x', payload: Buffer.alloc(100_000) })
    expect(error?.code).toBe(grpc.status.RESOURCE_EXHAUSTED)
    expect(statusCounts(parts.gateway)).toEqual({ 413: 1 })
  })
})
