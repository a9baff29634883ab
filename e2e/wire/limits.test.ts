import net from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ServiceAnswer } from '@/e2e/call-service.ts'
import type { DeployedService } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { errorCode, startWorkspace, type WorkspaceOnWire } from '@/e2e/start-workspace.ts'
import { until } from '@/e2e/until.ts'
import { defaultRateLimits } from '@/lib/domain/gateway.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { ServiceToken } from '@/lib/domain/service-token.ts'

let models: ModelServer
let wire: WorkspaceOnWire
let service: DeployedService

const nodeLimits = { connectionsMax: 12_000, requestsInFlightMax: 10_000 }

beforeAll(async () => {
  models = await createModelServer()
  wire = await startWorkspace('limits')
  service = await wire.deploy('limits', [models.url])
  await until('the service answers', async () => (await wire.call(service)).status === 200)
})
afterEach(async () => {
  await wire.change(service, { requestsPerSecond: null, concurrency: null })
  await wire.changeGateway({ limits: { ...defaultRateLimits.shared, ...nodeLimits } })
})
afterAll(async () => {
  await wire?.installation.stop()
  await models?.close()
})

const burst = () => wire.burst(service, 8)
const isRateLimited = (answer: ServiceAnswer) => errorCode(answer) === 'rate_limited'

/** Some of a burst pass and some are told when to come back. */
async function untilRateLimited(): Promise<void> {
  const answers = await until('a burst is limited', async () => {
    const seen = await burst()
    return seen.some(isRateLimited) ? seen : null
  })
  const refused = answers.filter(isRateLimited)
  for (const { status, headers } of refused) {
    expect(status).toBe(429)
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect(headers['x-switchyard-error-source']).toBe('client')
  }
}

async function untilUnlimited(): Promise<void> {
  await until('a burst passes', async () => (await burst()).every(({ status }) => status === 200))
}

async function limitToken(requestsPerSecond: number | null): Promise<void> {
  const { items } = await wire.api.get<{ items: ServiceToken[] }>(`${service.path}/tokens`)
  await wire.api.patch(`${service.path}/tokens/${items[0]?.id}`, { requestsPerSecond })
}

test('requests per second of a service, until the limit is taken away; its page counts them', async () => {
  await wire.change(service, { requestsPerSecond: 2 })
  await untilRateLimited()
  await until('the page counts them', async () => {
    const { traffic24h } = await wire.api.get<InferenceService>(service.path)
    return traffic24h.rateLimited > 0 && traffic24h.rateLimited < traffic24h.requests
  })
  await wire.change(service, { requestsPerSecond: null })
  await untilUnlimited()
})

test('requests per second of a token', async () => {
  await limitToken(2)
  await untilRateLimited()
  await limitToken(null)
  await untilUnlimited()
})

test('requests per second of a gateway over all services, and for each without a limit of its own', async () => {
  await wire.changeGateway({ limits: { requestsPerSecond: 2 } })
  await untilRateLimited()
  await wire.changeGateway({ limits: { requestsPerSecond: null } })
  await untilUnlimited()
  await wire.changeGateway({ limits: { requestsPerSecondPerService: 2 } })
  await untilRateLimited()
  await wire.change(service, { requestsPerSecond: 1000 })
  await untilUnlimited()
})

test('requests at a time for an instance: one waits in vain, one finds the queue full', async () => {
  await wire.change(service, { concurrency: { perInstance: 1, queueSize: 1, queueTimeoutMs: 200 } })
  const codes = await until('the queue is full', async () => {
    const answers = await wire.burst(service, 3, { headers: { 'x-fault': 'delay=600' } })
    const seen = answers.map((answer) => [answer.status, errorCode(answer), answer.headers['retry-after']])
    return seen.some(([status]) => status === 450) ? seen : null
  })
  expect(codes.sort()).toEqual([
    [200, null, undefined],
    [450, 'queue_full', expect.stringMatching(/^\d+$/)],
    [503, 'queue_timed_out', expect.stringMatching(/^\d+$/)],
  ])
  await wire.change(service, {
    concurrency: { perInstance: 1, queueSize: 8, queueTimeoutMs: 10_000 },
  })
  await until('those who wait get their turn', async () => {
    const answers = await wire.burst(service, 4, { headers: { 'x-fault': 'delay=20' } })
    return answers.every(({ status }) => status === 200)
  })
})

test('requests under way in a node: further ones are told at once to come back', async () => {
  await wire.changeGateway({ limits: { requestsInFlightMax: 1 } })
  const refused = await until('a second one is refused', async () => {
    const answers = await wire.burst(service, 2, { headers: { 'x-fault': 'delay=300' } })
    return answers.find((answer) => errorCode(answer) === 'overloaded')
  })
  expect(refused.status).toBe(503)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1)
})

test('connections of a node: further ones are closed at once', async () => {
  const { hostname, port } = new URL(wire.installation.internetUrl)
  const countAnswered = async () => {
    const sockets = await Promise.all(Array.from({ length: 14 }, () => ask(hostname, Number(port))))
    for (const { socket } of sockets) socket.destroy()
    return sockets.filter(({ isAnswered }) => isAnswered).length
  }
  expect(await countAnswered()).toBe(14)
  await wire.changeGateway({ limits: { connectionsMax: 10 } })
  await until('some connections are closed', async () => (await countAnswered()) <= 10)
  await wire.changeGateway({ limits: { connectionsMax: nodeLimits.connectionsMax } })
  await until('all connections are served', async () => (await countAnswered()) === 14)
})

/** A connection of its own that stays open after its answer. */
function ask(host: string, port: number): Promise<{ socket: net.Socket; isAnswered: boolean }> {
  return new Promise((resolve) => {
    const socket = net.connect(port, host, () => {
      socket.write(`GET /api/predict/none/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    })
    socket.once('data', () => resolve({ socket, isAnswered: true }))
    socket.once('close', () => resolve({ socket, isAnswered: false }))
    socket.on('error', () => socket.destroy())
  })
}
