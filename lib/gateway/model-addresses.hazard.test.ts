import { afterEach, describe, expect, test } from 'vitest'
import { call, callJson } from '@/lib/gateway/testing/call.ts'
import { makeModelApi, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import {
  beginStream,
  chatBody,
  chunkOf,
  completion,
  type ProviderScript,
  type ScriptedProvider,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const answering: ProviderScript = (_call, response) => sendJson(response, completion('Hi.'))

function serviceAt(...ports: number[]): UpstreamServiceSnapshot {
  const addresses = ports.map((port) => ({ host: '127.0.0.1', port, weight: 1 }))
  return {
    id: 'svc_model',
    name: 'model',
    workspaceId: 'ws_test',
    requestTimeoutMs: 10_000,
    upstream: {
      kind: 'addresses',
      discovery: { type: 'fixed', addresses },
      tls: null,
      balancing: { strategy: 'round-robin' },
      healthCheck: null,
      passiveHealth: null,
    },
  }
}

const portOf = ({ url }: ScriptedProvider) => Number(new URL(url).port)

async function start(scripts: ProviderScript[], api: Partial<ModelApiSnapshot> = {}) {
  const providers = await Promise.all(scripts.map(startProvider))
  for (const provider of providers) closers.push(provider.close)
  const snapshotOf = (revision: number, ports: number[]) =>
    makeSnapshot({ revision, upstreamServices: [serviceAt(...ports)], modelApis: [makeModelApi(api)] })
  const gateway = await startGateway(snapshotOf(1, providers.map(portOf)))
  closers.push(gateway.close)
  return { providers, gateway, port: gateway.port, snapshotOf }
}

describe('Addresses', () => {
  test('are asked for what the caller asks for, without its credentials', async () => {
    const { providers, port } = await start([answering])
    const answer = await callJson(port, '/v1/chat/completions?trace=1', chatBody, {
      authorization: 'Bearer callers-own',
      'x-api-key': 'callers-own',
      'x-mine': 'kept',
    })
    expect(JSON.parse(answer.body)).toEqual(completion('Hi.'))
    const sent = providers[0]?.calls[0]
    expect(sent).toMatchObject({ url: '/v1/chat/completions?trace=1', body: JSON.stringify(chatBody) })
    expect(sent?.headers).toMatchObject({ 'x-mine': 'kept', 'x-forwarded-for': '127.0.0.1' })
    expect(JSON.stringify(sent?.headers)).not.toContain('callers-own')
  })

  test.each([
    [true, '/v1/messages'],
    [false, '/team/a/v1/messages'],
  ])('get the base path unless it is removed (%s)', async (removeBasePath, path) => {
    const { providers, port } = await start([answering], {
      protocol: 'anthropic',
      basePath: '/team/a',
      removeBasePath,
    })
    expect((await callJson(port, '/team/a/v1/messages', chatBody)).status).toBe(200)
    expect(providers[0]?.calls[0]?.url).toBe(path)
  })

  test('share the calls, and a call goes on to the next one when a connection is refused', async () => {
    const { providers, port, gateway, snapshotOf } = await start([answering, answering])
    for (let time = 0; time < 4; time++) await callJson(port, '/v1/chat/completions', chatBody)
    expect(providers.map(({ calls }) => calls.length)).toEqual([2, 2])
    const gone = await startProvider(answering)
    await gone.close()
    gateway.apply(snapshotOf(2, [portOf(gone), portOf(providers[0] as ScriptedProvider)]))
    for (let time = 0; time < 4; time++) {
      expect((await callJson(port, '/v1/chat/completions', chatBody)).status).toBe(200)
    }
  })

  test('come and go without a failed call', async () => {
    const { providers, port, gateway, snapshotOf } = await start([answering, answering, answering])
    const ports = providers.map(portOf)
    const statuses: number[] = []
    let isOver = false
    const worker = async () => {
      while (!isOver) statuses.push((await callJson(port, '/v1/chat/completions', chatBody)).status)
    }
    const workers = Array.from({ length: 4 }, worker)
    for (let revision = 2; revision < 12; revision++) {
      gateway.apply(snapshotOf(revision, ports.slice(0, 1 + (revision % 3))))
      const served = statuses.length
      await expect.poll(() => statuses.length, { timeout: 20_000 }).toBeGreaterThan(served + 10)
    }
    isOver = true
    await Promise.all(workers)
    expect(statuses.filter((status) => status !== 200)).toEqual([])
  }, 60_000)

  test('stream as they are, and a refusal of theirs is no 401 of the caller', async () => {
    const { port } = await start([
      (asked, response) => {
        if (asked.url.includes('embeddings')) return void response.writeHead(401).end('{}')
        beginStream(response)
        response.end(`${chunkOf({ content: 'one' })}data: [DONE]\n\n`)
      },
    ])
    const streamed = await callJson(port, '/v1/chat/completions', { ...chatBody, stream: true })
    expect(streamed.body).toBe(`${chunkOf({ content: 'one' })}data: [DONE]\n\n`)
    const refused = await callJson(port, '/v1/embeddings', { model: 'x', input: 'y' })
    expect(refused.status).toBe(502)
  })

  test('without any are a 503', async () => {
    const { gateway, port, snapshotOf } = await start([answering])
    gateway.apply(snapshotOf(2, []))
    const answer = await call(port, '/v1/chat/completions', { body: JSON.stringify(chatBody) })
    expect(answer.status).toBe(503)
    expect(JSON.parse(answer.body).error.code).toBe('no_ready_instance')
  })
})
