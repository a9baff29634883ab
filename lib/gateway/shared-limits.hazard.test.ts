import { Agent, request as httpRequest } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bundleNode, type NodeProcesses, startNodes } from '@/lib/cli/testing/start-nodes.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
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

async function offer(nodes: NodeProcesses, requests: number): Promise<{ passed: number; tookMs: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 24 })
  const beganAt = performance.now()
  const statuses = await Promise.all(Array.from({ length: requests }, () => call(nodes.url, agent)))
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

test('two node processes on one port admit together what one would', async () => {
  const upstream = await startUpstream((_request, response) => void response.end('fine'))
  closers.push(upstream.close)
  const nodes = await startNodes({ bundle: bundle.file, count: 2 })
  closers.push(nodes.close)
  const service = makeService({ instances: [makeInstance(upstream.url)], requestsPerSecond: limit })
  nodes.console.publish(makeSnapshot({ services: [service] }))
  await Promise.all(nodes.nodes.map(({ ready }) => ready))

  for (let round = 0; round < 3; round++) {
    const { passed, tookMs } = await offer(nodes, 3 * limit)
    expect(passed).toBeLessThanOrEqual(mostWithin(tookMs))
    // The rounds follow each other at once: all but the first find a window that others have used.
    if (round === 0) expect(passed).toBeGreaterThanOrEqual(0.95 * limit)
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
