import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startHttp2Requests } from './testing/http2-traffic.ts'
import {
  bundleNode,
  type NodeProcesses,
  type NodeProcessesOptions,
  startNodes,
} from './testing/start-nodes.ts'
import { type StreamServer, startStreamServer } from './testing/stream-server.ts'
import { openStreams, type SteadyRequests, startRequests } from './testing/traffic.ts'

const headers = { authorization: testToken }
const path = '/api/predict/demo/'
const streamCount = 500
let bundle: { file: string; remove(): void }
const closers: Array<() => unknown> = []

beforeAll(async () => {
  bundle = await bundleNode()
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
afterAll(() => bundle.remove())

async function start(
  options: Omit<NodeProcessesOptions, 'bundle'>,
): Promise<NodeProcesses & { model: StreamServer }> {
  const model = await startStreamServer({ paceMs: 200 })
  closers.push(model.close)
  const nodes = await startNodes({ bundle: bundle.file, ...options })
  closers.push(nodes.close)
  nodes.console.publish(snapshot(1, model))
  await Promise.all(nodes.nodes.map(({ ready }) => ready))
  return { ...nodes, model }
}

function snapshot(revision: number, model: StreamServer) {
  const instances = [makeInstance(model.upstream.url)]
  return makeSnapshot({ revision, services: [makeService({ instances, requestTimeoutMs: 120_000 })] })
}

async function untilAll(condition: () => boolean, what: string): Promise<void> {
  for (let attempt = 0; !condition(); attempt++) {
    if (attempt === 4) return until(condition, what)
    await until(condition, what).catch(() => {})
  }
}

const whole = (outcomes: readonly { isWhole: boolean }[]) => outcomes.filter(({ isWhole }) => isWhole).length

test('a hundred revisions under 500 open streams drop none of them', async () => {
  const { url, model, console, nodes } = await start({ count: 1 })
  const streams = openStreams(url + path, streamCount, headers)
  await untilAll(() => streams.begun() === streamCount, 'every stream began')
  const node = nodes[0]?.process.pid
  for (let revision = 2; revision <= 101; revision++) {
    console.publish(snapshot(revision, model))
    await until(
      () => console.reports.at(-1)?.revision === revision || revision % 10 !== 0,
      `it runs ${revision}`,
    )
  }
  await until(() => console.reports.at(-1)?.revision === 101, 'it runs 101')
  expect(model.open.size).toBe(streamCount)
  model.finish()
  expect(whole(await streams.outcomes)).toBe(streamCount)
  expect(nodes[0]?.process.pid).toBe(node)
})

test('a reload under 500 streams and steady requests loses nothing', async () => {
  const { url, model, nodes, console: testConsole } = await start({ count: 2 })
  const streams = openStreams(url + path, streamCount, headers)
  const requests = startRequests(url + path, { callers: 16, headers })
  await untilAll(() => streams.begun() === streamCount, 'every stream began')
  const before = nodes.map((node) => node.process.pid)
  for (const { process: node } of nodes) {
    expect(await node.replace({ readyWithinMs: 30_000, drainMs: 60_000 })).toBe(true)
  }
  const after = nodes.map((node) => node.process.pid)
  expect(after.some((pid) => before.includes(pid))).toBe(false)
  const enough = requests.answered() + 200
  await until(() => requests.answered() >= enough, 'requests went on')
  // The old processes are still there for the streams that they began, and say how many.
  const draining = () => testConsole.reports.filter(({ state }) => state === 'draining')
  await until(() => draining().some(({ openRequests }) => openRequests > 0), 'draining was reported')
  expect(model.open.size).toBe(streamCount)
  model.finish()
  expect(whole(await streams.outcomes)).toBe(streamCount)
  expect([...(await requests.stop()).keys()]).toEqual(['200'])
  console.log(`Reload under ${streamCount} streams, all whole: ${seenBy(requests)}`)
  await until(() => before.every((pid) => !isAlive(pid)), 'the old processes ended')
})

test('a reload loses no request on HTTP/2 connections', async () => {
  const { url, nodes } = await start({ count: 1 })
  const requests = startHttp2Requests(url + path, { callers: 8, headers })
  await until(() => requests.answered() >= 100, 'requests are answered')
  expect(await nodes[0]?.process.replace({ readyWithinMs: 30_000, drainMs: 60_000 })).toBe(true)
  await until(() => requests.sessions() === 2, 'the callers went over to the new process')
  const enough = requests.answered() + 100
  await until(() => requests.answered() >= enough, 'requests went on')
  expect([...(await requests.stop()).keys()]).toEqual(['200'])
})

test('with one node, callers wait while it is killed and comes back', async () => {
  const { url, nodes, said } = await start({ count: 1 })
  const requests = startRequests(url + path, { callers: 16, headers })
  await until(() => requests.answered() >= 200, 'requests are answered')
  const before = nodes[0]?.process.pid
  process.kill(before ?? 0, 'SIGKILL')
  await untilAll(() => said.some((line) => line.includes('is running again')), 'another node runs')
  const enough = requests.answered() + 200
  await until(() => requests.answered() >= enough, 'requests are answered again')
  const { failed, answered } = summary(await requests.stop())
  console.log(`One node killed: ${seenBy(requests)}`)
  // What was under way on the node is lost, at most one request of each caller; nobody is refused.
  expect(failed.total).toBeLessThanOrEqual(16)
  expect(failed.names).not.toContain('ECONNREFUSED')
  expect(answered).toBeGreaterThanOrEqual(400)
  expect(said[0]).toContain('(signal SIGKILL); starting it again at once.')
})

test('with two nodes, the other one serves on', async () => {
  const { url, nodes } = await start({ count: 2 })
  const requests = startRequests(url + path, { callers: 16, headers })
  await until(() => requests.answered() >= 200, 'requests are answered')
  process.kill(nodes[0]?.process.pid ?? 0, 'SIGKILL')
  const enough = requests.answered() + 200
  await until(() => requests.answered() >= enough, 'requests are answered')
  const { failed } = summary(await requests.stop())
  console.log(`One of two nodes killed: ${seenBy(requests)}`)
  expect(failed.total).toBeLessThanOrEqual(16)
  expect(failed.names).not.toContain('ECONNREFUSED')
})

test('a node that meets an unexpected error is relieved at once and finishes its streams', async () => {
  const boom = "process.on('SIGUSR2', () => { throw new Error('unexpected') })"
  const { url, nodes, model, said } = await start({
    count: 1,
    env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(boom)}` },
  })
  const streams = openStreams(url + path, 20, headers)
  const requests = startRequests(url + path, { callers: 4, headers })
  await until(() => streams.begun() === 20, 'every stream began')
  const before = nodes[0]?.process.pid ?? 0
  process.kill(before, 'SIGUSR2')
  await untilAll(() => said.some((line) => line.includes('is running again')), 'another node runs')
  expect(isAlive(before)).toBe(true)
  expect(model.open.size).toBe(20)
  model.finish()
  expect(whole(await streams.outcomes)).toBe(20)
  expect([...(await requests.stop()).keys()]).toEqual(['200'])
  await until(() => !isAlive(before), 'the old process ended')
})

test('a new process that does not get ready leaves the old one serving', async () => {
  const { url, nodes } = await start({
    count: 1,
    alter: (plan) => ({
      ...plan,
      arguments: (generation) => [...plan.arguments(generation), ...(generation > 1 ? ['--nonsense'] : [])],
    }),
  })
  const requests = startRequests(url + path, { callers: 4, headers })
  const before = nodes[0]?.process.pid
  expect(await nodes[0]?.process.replace({ readyWithinMs: 30_000, drainMs: 1_000 })).toBe(false)
  expect(nodes[0]?.process.pid).toBe(before)
  const enough = requests.answered() + 50
  await until(() => requests.answered() >= enough, 'requests went on')
  expect([...(await requests.stop()).keys()]).toEqual(['200'])
})

test('a new process without a snapshot gets no caller', async () => {
  const { url, nodes, console } = await start({
    count: 1,
    // A slot of its own has no stored snapshot, and the console is gone.
    alter: (plan) => ({
      ...plan,
      arguments: (generation) =>
        plan.arguments(generation).map((word) => (generation > 1 && word === 'node-1' ? 'empty' : word)),
    }),
  })
  await console.close()
  const requests = startRequests(url + path, { callers: 4, headers })
  expect(await nodes[0]?.process.replace({ readyWithinMs: 2_000, drainMs: 1_000 })).toBe(false)
  expect([...(await requests.stop()).keys()]).toEqual(['200'])
})

test('a stop lets streams end within the drain time', async () => {
  const { url, supervisor, model, console } = await start({ count: 2 })
  const streams = openStreams(url + path, 50, headers)
  await until(() => streams.begun() === 50, 'every stream began')
  const stopped = supervisor.stop()
  await until(() => console.reports.at(-1)?.state === 'draining', 'a node drains')
  expect(model.open.size).toBe(50)
  model.finish()
  expect(whole(await streams.outcomes)).toBe(50)
  await stopped
})

test('a stop breaks what is left at the deadline', async () => {
  const { url, supervisor, model } = await start({ count: 1, env: { SWITCHYARD_DRAIN_SECONDS: '1' } })
  const streams = openStreams(url + path, 50, headers)
  await until(() => streams.begun() === 50, 'every stream began')
  const begun = performance.now()
  await supervisor.stop()
  expect(performance.now() - begun).toBeGreaterThan(950)
  const outcomes = await streams.outcomes
  expect(whole(outcomes)).toBe(0)
  expect(outcomes.every(({ error }) => error !== null)).toBe(true)
  expect(model.open.size).toBe(0)
})

function summary(counts: ReadonlyMap<string, number>) {
  const failed = [...counts].filter(([key]) => key !== '200')
  const total = failed.reduce((sum, [, count]) => sum + count, 0)
  return { answered: counts.get('200') ?? 0, failed: { total, names: failed.map(([key]) => key) } }
}

function seenBy(requests: SteadyRequests): string {
  const counts = [...requests.counts].map(([outcome, count]) => `${count} × ${outcome}`).join(', ')
  return `callers saw ${counts}, the slowest ${requests.slowest().toFixed(0)} ms`
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}
