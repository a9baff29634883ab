import { Agent, request as httpRequest } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bundleNode, type NodeProcesses, startNodes } from '@/lib/cli/testing/start-nodes.ts'
import { Coordinator } from '@/lib/counters/coordinator.ts'
import { CounterLink } from '@/lib/counters/testing/counter-link.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream } from '@/lib/gateway/testing/start-upstream.ts'

const limit = 200
const slotMs = 50
const closers: Array<() => Promise<void> | void> = []
let bundle: Awaited<ReturnType<typeof bundleNode>>

beforeAll(async () => {
  bundle = await bundleNode()
})

afterAll(() => bundle.remove())

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function call(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: testToken }
    const sent = httpRequest(`${url}/api/predict/demo/`, { agent, headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** The most that a sliding second admits between two times. */
function mostWithin(ms: number): number {
  return limit * (Math.floor((ms + slotMs) / 1_000) + 1)
}

async function offer(
  { url }: { readonly url: string },
  requests: number,
): Promise<{ passed: number; tookMs: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 24 })
  const beganAt = performance.now()
  const statuses = await Promise.all(Array.from({ length: requests }, () => call(url, agent)))
  const tookMs = performance.now() - beganAt
  agent.destroy()
  expect(statuses.filter((status) => status !== 200 && status !== 429)).toEqual([])
  return { passed: statuses.filter((status) => status === 200).length, tookMs }
}

function requestsByNode({ console }: NodeProcesses): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { nodeId, rollups } of console.reports) {
    const requests = rollups.reduce((sum, rollup) => sum + rollup.requests, 0)
    counts.set(nodeId, (counts.get(nodeId) ?? 0) + requests)
  }
  return counts
}

/** How often the nodes had to do without their shared counters. */
async function timesAway(readies: ReadonlyArray<Readonly<Record<string, unknown>>>): Promise<number> {
  let sum = 0
  for (const { ports } of readies) {
    const { admin } = ports as { admin: number }
    const metrics = await (await fetch(`http://127.0.0.1:${admin}/metrics`)).text()
    sum += Number(/^switchyard_counters_away_total (\d+)$/m.exec(metrics)?.[1])
  }
  return sum
}

test('two node processes on one port admit together what one would', async () => {
  const upstream = await startUpstream((_request, response) => void response.end('fine'))
  closers.push(upstream.close)
  const nodes = await startNodes({ bundle: bundle.file, count: 2 })
  closers.push(nodes.close)
  const service = makeService({ instances: [makeInstance(upstream.url)], requestsPerSecond: limit })
  nodes.console.publish(makeSnapshot({ services: [service] }))
  const readies = await Promise.all(nodes.nodes.map(({ ready }) => ready))

  for (let round = 0; round < 3; round++) {
    const { passed, tookMs } = await offer(nodes, 3 * limit)
    // A machine that keeps the coordinator from answering for 50 ms leaves each node to its own share for a while.
    const wasAway = (await timesAway(readies)) > 0
    expect(passed).toBeLessThanOrEqual(mostWithin(tookMs) * (wasAway ? 2 : 1))
    // The rounds follow each other at once: all but the first find a window that others have used.
    if (round === 0) expect(passed).toBeGreaterThanOrEqual((wasAway ? 0.5 : 0.95) * limit)
  }
  await until(
    () => [...requestsByNode(nodes).values()].filter((count) => count > 0).length === 2,
    'both served',
  )
  const limited = () =>
    nodes.console.reports
      .flatMap(({ rollups }) => rollups)
      .reduce((sum, { rateLimited }) => sum + rateLimited, 0)
  await until(() => limited() > limit, 'both told what they refused')
})

test('two gateways with one coordinator admit exactly the limit, wherever the requests come in', async () => {
  let now = 1_700_000_000_000
  const clock = { now: () => now }
  const upstream = await startUpstream((_request, response) => void response.end('fine'))
  const coordinator = new Coordinator(clock)
  closers.push(upstream.close, () => coordinator.close())
  const service = makeService({ instances: [makeInstance(upstream.url)], requestsPerSecond: limit })
  const content = makeSnapshot({ services: [service], limits: { requestsPerSecond: 2 * limit } })
  const join = async () => {
    const link = new CounterLink(clock)
    coordinator.attach(link.child)
    await link.source.join()
    const gateway = await startGateway(content, clock, link.source)
    closers.push(gateway.close, () => link.disconnect())
    return gateway
  }
  const [first, second] = [await join(), await join()]
  const even = await Promise.all([offer(first, limit), offer(second, limit)])
  expect(even[0].passed + even[1].passed).toBe(limit)
  now += 1_500
  expect((await offer(second, 2 * limit)).passed).toBe(limit)
  expect((await offer(first, 10)).passed).toBe(0)
  const { rollups } = first.engine.observer.rollups.take()
  expect(rollups.reduce((sum, { rateLimited }) => sum + rateLimited, 0)).toBe(limit - even[0].passed + 10)
})
