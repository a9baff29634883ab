import { Agent, request as httpRequest } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { bundleNode, startNodes } from '@/lib/cli/testing/start-nodes.ts'
import { Coordinator } from '@/lib/counters/coordinator.ts'
import { CounterLink } from '@/lib/counters/testing/counter-link.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startHeldUpstream } from '@/lib/gateway/testing/start-held-upstream.ts'
import { systemClock } from '@/lib/platform/clock.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Callers of one gateway; null is the answer of one that got none. */
class Callers {
  readonly #url: string
  readonly #agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY })
  readonly statuses: Array<number | null> = []

  constructor(url: string) {
    this.#url = url
    closers.push(() => this.leave())
  }

  call(count: number): void {
    for (let index = 0; index < count; index++) {
      const headers = { authorization: testToken }
      const sent = httpRequest(`${this.#url}/api/predict/demo/`, { agent: this.#agent, headers })
      sent.on('response', (response) => {
        response.resume()
        response.on('end', () => this.statuses.push(response.statusCode ?? null))
        response.on('error', () => this.statuses.push(null))
      })
      sent.on('error', () => this.statuses.push(null))
      sent.end()
    }
  }

  count(status: number): number {
    return this.statuses.filter((one) => one === status).length
  }

  leave(): void {
    this.#agent.destroy()
  }
}

async function start(concurrency: { perInstance: number; queueSize: number }) {
  const upstream = await startHeldUpstream()
  closers.push(upstream.close)
  const service = makeService({
    instances: [makeInstance(upstream.url)],
    concurrency: { ...concurrency, queueTimeoutMs: 60_000 },
  })
  return { upstream, content: makeSnapshot({ services: [service] }) }
}

test('two gateways with one coordinator give an instance its limit together; the one that stays, all of it', async () => {
  const { upstream, content } = await start({ perInstance: 5, queueSize: 9 })
  const coordinator = new Coordinator()
  closers.push(() => coordinator.close())
  const join = async () => {
    const link = new CounterLink(systemClock)
    const gateway = await startGateway(content, systemClock, link.source)
    closers.push(gateway.close, () => link.disconnect())
    link.source.onPresent = (nodes) => gateway.instances.divideAmong(nodes)
    coordinator.attach(link.child)
    await link.source.join()
    const [service] = gateway.engine.runtimes.current?.services ?? []
    return {
      link,
      callers: new Callers(gateway.url),
      waiting: () => service?.fleet.waiting,
      room: () => service?.instances[0]?.requestsMax.now,
    }
  }
  const first = await join()
  expect(first.room()).toBe(5)
  const second = await join()
  await until(() => first.room() === 3 && second.room() === 3, 'each has its share')

  first.callers.call(10)
  second.callers.call(10)
  // Three of each are served and five wait: half of five and half of nine, rounded up.
  await until(() => first.callers.count(450) === 2 && second.callers.count(450) === 2, 'the rest is refused')
  await until(() => upstream.open.length === 6, 'each gives the instance its share')
  for (let index = 1; index <= 4; index++) {
    upstream.answer()
    await until(() => first.callers.count(200) + second.callers.count(200) === index, 'one is answered')
    await until(() => upstream.open.length === 6, 'the next is served')
  }
  expect(upstream.openMax).toBe(6)

  second.callers.leave()
  const answered = first.callers.count(200)
  await until(() => upstream.open.length === 3 && second.waiting() === 0, 'the callers of one have left')
  const waitingBefore = first.waiting() ?? 0
  expect(waitingBefore).toBe(5 - answered)
  upstream.openMax = 0
  second.link.disconnect()
  await until(() => first.room() === 5, 'the other has the whole limit')
  first.callers.call(4)
  await until(() => upstream.open.length === 5, 'it uses the whole limit')
  await until(() => first.waiting() === waitingBefore + 2, 'the rest waits')
  expect(upstream.openMax).toBe(5)

  const third = await join()
  await until(() => first.room() === 3 && third.room() === 3, 'there are two again')
  expect(upstream.open.length).toBe(5)
  for (const left of [4, 3]) {
    upstream.answer()
    await until(() => first.callers.count(200) === answered + 5 - left, 'one is answered')
    expect([upstream.open.length, first.waiting()]).toEqual([left, waitingBefore + 2])
  }
  upstream.answer()
  await until(() => first.waiting() === waitingBefore + 1, 'the next is served')
  await until(() => upstream.open.length === 3, 'within its share')
  expect([...first.callers.statuses, ...second.callers.statuses]).not.toContain(503)
})

/** How many wait at each node. */
function queueLengths(adminPorts: readonly number[]): Promise<number[]> {
  return Promise.all(
    adminPorts.map(async (port) => {
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      return Number(/^switchyard_queue_length\{[^}]*\} (\d+)$/m.exec(metrics)?.[1] ?? 0)
    }),
  )
}

test('two node processes give an instance its limit together; the one that lives on, all of it', async () => {
  const { upstream, content } = await start({ perInstance: 4, queueSize: 2_000 })
  const bundle = await bundleNode()
  closers.push(bundle.remove)
  const { url, nodes, console, close } = await startNodes({ bundle: bundle.file, count: 2 })
  closers.push(close)
  console.publish(content)
  const readies = await Promise.all(nodes.map(({ ready }) => ready))
  const adminPorts = readies.map(({ ports }) => (ports as { admin: number }).admin)
  const serving = () => console.reports.filter(({ revision }) => revision !== null)
  await until(() => new Set(serving().map(({ nodeId }) => nodeId)).size === 2, 'both serve')

  const callers = new Callers(url)
  let shortest = 0
  for (let round = 0; round < 100 && shortest < 2; round++) {
    callers.call(10)
    shortest = Math.min(...(await queueLengths(adminPorts)))
  }
  expect(shortest).toBeGreaterThanOrEqual(2)
  await until(() => upstream.open.length === 4, 'the limit is used')
  expect([upstream.requests.length, upstream.openMax]).toEqual([4, 4])

  process.kill(nodes[0]?.process.pid ?? 0, 'SIGKILL')
  // Those of the dead node end, and two that waited at the other one take their places.
  await until(() => upstream.requests.length === 6 && upstream.open.length === 4, 'the other one fills up')
  expect(callers.statuses.every((status) => status === null)).toBe(true)
})
