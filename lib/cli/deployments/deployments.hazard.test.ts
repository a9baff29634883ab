import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freePort } from '@/lib/cli/testing/free-port.ts'
import {
  makeDataDir,
  planOf,
  removeDataDir,
  startHost,
  type TestHost,
  type TestHostOptions,
} from '@/lib/cli/testing/start-host.ts'
import { bundleNode } from '@/lib/cli/testing/start-nodes.ts'
import { type StreamServer, startStreamServer } from '@/lib/cli/testing/stream-server.ts'
import { openStreams, startRequests } from '@/lib/cli/testing/traffic.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import type { GatewayDeployment } from '@/lib/snapshot/deployment.ts'

const headers = { authorization: testToken }
const path = '/api/predict/demo/'
const id = 'gw_dedicated'
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
  options: Omit<TestHostOptions, 'bundle'> = {},
): Promise<TestHost & { model: StreamServer }> {
  const model = await startStreamServer({ paceMs: 200 })
  closers.push(model.close)
  const dataDir = options.dataDir ?? makeDataDir()
  if (options.dataDir === undefined) closers.push(() => removeDataDir(dataDir))
  const host = await startHost({ bundle: bundle.file, ...options, dataDir })
  closers.push(host.stop)
  if (options.hasConsole !== false) host.console.publish(snapshotOf(model))
  return { ...host, model }
}

function snapshotOf(model: StreamServer) {
  const instances = [makeInstance(model.upstream.url)]
  return makeSnapshot({ revision: 1, services: [makeService({ instances, requestTimeoutMs: 120_000 })] })
}

type Doors = GatewayDeployment['doors']

function gateway(doors: Doors, more: Partial<GatewayDeployment> = {}): GatewayDeployment {
  const nodes = { min: 1, max: 1 }
  return { gatewayId: id, name: 'dedicated', type: 'managed', doors, nodes, memoryMb: null, ...more }
}

const at = (port: number) => `http://127.0.0.1:${port}${path}`

async function eventually(condition: () => boolean, what: string): Promise<void> {
  for (let attempt = 0; !condition(); attempt++) {
    if (attempt === 5) return until(condition, what)
    await until(condition, what).catch(() => {})
  }
}

async function untilRunning(host: TestHost, running = 1): Promise<void> {
  const report = () => host.plans.reported(id)
  await eventually(
    () => report()?.state === 'running' && report()?.nodes.running === running,
    `${running} nodes run`,
  )
}

const whole = (outcomes: readonly { isWhole: boolean }[]) => outcomes.filter(({ isWhole }) => isWhole).length

async function outcomeAt(port: number): Promise<number | string> {
  try {
    const answer = await fetch(at(port), { method: 'POST', headers, body: 'x' })
    await answer.arrayBuffer()
    return answer.status
  } catch (error) {
    return String((error as { cause?: { code?: string } }).cause?.code ?? error)
  }
}

test('a gateway in the plan gets processes and ports, and none of them when it goes', async () => {
  const host = await start()
  const port = await freePort()
  host.plans.publish(planOf(gateway([{ door: 'internet', port }], { nodes: { min: 2, max: 2 } })))
  await untilRunning(host, 2)
  expect(host.plans.hosts).toContain('test-host')
  expect(await outcomeAt(port)).toBe(200)
  expect(host.pids(id)).toHaveLength(2)
  expect(host.plans.reported(id)).toMatchObject({
    cause: null,
    doors: [{ door: 'internet', port, error: null }],
    nodes: { wanted: 2, running: 2, leaving: 0 },
  })
  const stored = () => readdirSync(join(host.dataDir, 'nodes')).filter((name) => name.startsWith(id))
  await eventually(() => stored().length === 2, 'both nodes stored their snapshot')
  host.plans.publish(planOf())
  await eventually(() => host.pids(id).length === 0, 'its processes have ended')
  expect(await outcomeAt(port)).toBe('ECONNREFUSED')
  await eventually(() => host.plans.reported(id) === undefined, 'it is reported no more')
  expect(stored()).toEqual([])
  expect(await statusOfShared(host)).toBe(200)
})

async function statusOfShared(host: TestHost): Promise<number> {
  await host.deployments.ready()
  const answer = await fetch(host.sharedUrl + path, { method: 'POST', headers, body: 'x' })
  await answer.arrayBuffer()
  return answer.status
}

test('doors come and go under open streams, in the same processes', async () => {
  const host = await start()
  const [internet, vpc, moved] = [await freePort(), await freePort(), await freePort()]
  const first = { door: 'internet', port: internet } as const
  host.plans.publish(planOf(gateway([first])))
  await untilRunning(host)
  const before = host.pids(id)
  const streams = openStreams(at(internet), 100, headers)
  await eventually(() => streams.begun() === 100, 'every stream began')
  host.plans.publish(planOf(gateway([first, { door: 'vpc', port: vpc }])))
  await eventually(() => host.plans.reported(id)?.doors.length === 2, 'the door is held')
  await becomes(vpc, 200)
  host.plans.publish(planOf(gateway([first, { door: 'vpc', port: moved }])))
  await eventually(() => host.plans.reported(id)?.doors.at(-1)?.port === moved, 'the moved door is held')
  await becomes(moved, 200)
  await becomes(vpc, 'ECONNREFUSED')
  host.plans.publish(planOf(gateway([first])))
  await becomes(moved, 'ECONNREFUSED')
  expect(host.model.open.size).toBe(100)
  host.model.finish()
  expect(whole(await streams.outcomes)).toBe(100)
  expect(host.pids(id)).toEqual(before)
})

/** Nothing that the test can see tells when a process has heard of a door. */
async function becomes(port: number, wanted: number | string): Promise<void> {
  const deadline = performance.now() + 20_000
  let outcome = await outcomeAt(port)
  while (outcome !== wanted && performance.now() < deadline) outcome = await outcomeAt(port)
  expect(outcome).toBe(wanted)
}

test('the shared gateway gets other doors than its own, and loses them', async () => {
  const host = await start()
  await host.deployments.ready()
  const port = await freePort()
  const [shared] = planOf().gateways
  const plan = planOf()
  host.plans.publish({
    ...plan,
    gateways: shared === undefined ? [] : [{ ...shared, doors: [{ door: 'nlb-9000', port }] }],
  })
  await eventually(() => host.plans.reported('gw_shared')?.doors.length === 1, 'the door is held')
  expect(host.plans.reported('gw_shared')?.doors).toEqual([{ door: 'nlb-9000', port, error: null }])
  expect(await statusOfShared(host)).toBe(200)
  host.plans.publish(plan)
  await eventually(() => host.plans.reported('gw_shared')?.doors.length === 0, 'the door is gone')
  expect(await statusOfShared(host)).toBe(200)
})

test('another specification under 500 streams drops none of them', async () => {
  const host = await start()
  const port = await freePort()
  const doors: Doors = [{ door: 'internet', port }]
  const nodes = { min: 2, max: 2 }
  host.plans.publish(planOf(gateway(doors, { nodes, memoryMb: 512 })))
  await untilRunning(host, 2)
  const before = host.pids(id)
  expect(memoryOf(before)).toEqual(['512', '512'])
  const streams = openStreams(at(port), 500, headers)
  const requests = startRequests(at(port), { callers: 8, headers })
  await eventually(() => streams.begun() === 500, 'every stream began')
  host.plans.publish(planOf(gateway(doors, { nodes, memoryMb: 768 })))
  const fresh = () => host.pids(id).filter((pid) => !before.includes(pid))
  await eventually(() => fresh().length === 2, 'two other processes run')
  await untilRunning(host, 2)
  expect(memoryOf(fresh())).toEqual(['768', '768'])
  expect(host.plans.reports.some(({ gateways }) => gateways.some(({ state }) => state === 'changing'))).toBe(
    true,
  )
  expect(host.plans.reported(id)?.nodes).toEqual({ wanted: 2, running: 2, leaving: 2 })
  const enough = requests.answered() + 100
  await eventually(() => requests.answered() >= enough, 'requests went on')
  expect(host.model.open.size).toBe(500)
  host.model.finish()
  expect(whole(await streams.outcomes)).toBe(500)
  expect([...(await requests.stop()).keys()]).toEqual(['200'])
  await eventually(() => host.plans.reported(id)?.nodes.leaving === 0, 'the old processes ended')
  expect(host.pids(id)).toHaveLength(2)
})

/** Megabytes of old space that the processes were started with. */
function memoryOf(pids: readonly number[]): Array<string | undefined> {
  return pids.map((pid) => {
    const words = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    return /--max-old-space-size=(\d+)/.exec(words)?.[1]
  })
}

test('more nodes and fewer, under streams', async () => {
  const host = await start()
  const port = await freePort()
  const doors: Doors = [{ door: 'internet', port }]
  const nodes = (count: number) => planOf(gateway(doors, { nodes: { min: count, max: count } }))
  host.plans.publish(nodes(1))
  await untilRunning(host)
  const requests = startRequests(at(port), { callers: 8, headers })
  host.plans.publish(nodes(3))
  await untilRunning(host, 3)
  const streams = openStreams(at(port), 200, headers)
  await eventually(() => streams.begun() === 200, 'every stream began')
  host.plans.publish(nodes(1))
  await untilRunning(host, 1)
  expect(host.model.open.size).toBe(200)
  // Those that were let go finish; asked for again meanwhile, others take their places.
  host.plans.publish(nodes(2))
  await untilRunning(host, 2)
  expect(host.model.open.size).toBe(200)
  host.model.finish()
  expect(whole(await streams.outcomes)).toBe(200)
  expect([...(await requests.stop()).keys()]).toEqual(['200'])
  await eventually(() => host.pids(id).length === 2, 'the others have ended')
})

test('an ALB gateway grows with its load and shrinks when it is over', async () => {
  const host = await start({
    // Any call is much, so that the machine's speed decides nothing.
    scalingPolicy: {
      busyShare: 0.06,
      calmShare: 0.05,
      growWindowMs: 2_000,
      shrinkWindowMs: 3_000,
      growPauseMs: 2_000,
      shrinkPauseMs: 3_000,
    },
  })
  const port = await freePort()
  const bounds = { nodes: { min: 1, max: 2 }, type: 'alb' as const }
  host.plans.publish(planOf(gateway([{ door: 'internet', port }], bounds)))
  await untilRunning(host)
  const requests = startRequests(at(port), { callers: 8, headers })
  await untilRunning(host, 2)
  expect(host.plans.reported(id)?.nodes.wanted).toBe(2)
  expect(host.said).toContain('The gateway dedicated grows to 2 nodes.')
  const streams = openStreams(at(port), 50, headers)
  await eventually(() => streams.begun() === 50, 'every stream began')
  expect([...(await requests.stop()).keys()]).toEqual(['200'])
  await untilRunning(host, 1)
  expect(host.plans.reported(id)?.nodes.wanted).toBe(1)
  expect(host.model.open.size).toBe(50)
  host.model.finish()
  expect(whole(await streams.outcomes)).toBe(50)
})

test('processes of a dedicated gateway that are killed cost the shared one nothing, and the reverse', async () => {
  const host = await start({ sharedNodes: 2 })
  const port = await freePort()
  host.plans.publish(planOf(gateway([{ door: 'internet', port }], { nodes: { min: 2, max: 2 } })))
  await untilRunning(host, 2)
  for (const [victim, survivor] of [
    [id, host.sharedUrl + path],
    ['shared', at(port)],
  ] as const) {
    const requests = startRequests(survivor, { callers: 8, headers })
    for (let round = 0; round < 5; round++) {
      const enough = requests.answered() + 50
      await eventually(() => host.pids(victim).length === 2, 'both are there')
      for (const pid of host.pids(victim)) process.kill(pid, 'SIGKILL')
      await eventually(() => requests.answered() >= enough, 'requests go on')
    }
    const counts = await requests.stop()
    console.log(
      `${victim} killed five times: ${counts.get('200')} calls elsewhere, slowest ${requests.slowest().toFixed(0)} ms`,
    )
    expect([...counts.keys()]).toEqual(['200'])
    await eventually(() => host.pids(victim).length === 2, 'they come back')
  }
  await untilRunning(host, 2)
})

test('a gateway that cannot run says why, is tried again, and stops no other', async () => {
  const host = await start()
  const [port, other] = [await freePort(), await freePort()]
  const good = gateway([{ door: 'internet', port: other }], { gatewayId: 'gw_other', name: 'other' })
  // Less than the program itself needs.
  const bad = gateway([{ door: 'internet', port }], { memoryMb: 1 })
  host.plans.publish(planOf(good, bad))
  await eventually(() => host.plans.reported(id)?.state === 'failed', 'it failed')
  expect(host.plans.reported(id)).toMatchObject({ nodes: { running: 0 }, doors: [{ error: null }] })
  expect(host.plans.reported(id)?.cause).toContain('Its process ended soon after its start')
  await eventually(() => host.plans.reported('gw_other')?.state === 'running', 'the other one runs')
  expect(await outcomeAt(other)).toBe(200)
  expect(await statusOfShared(host)).toBe(200)
  host.plans.publish(planOf(good, { ...bad, memoryMb: 512 }))
  await untilRunning(host)
  expect(await outcomeAt(port)).toBe(200)
})

test('memory that is too little leaves the former processes serving', async () => {
  const host = await start()
  const port = await freePort()
  const doors: Doors = [{ door: 'internet', port }]
  host.plans.publish(planOf(gateway(doors, { memoryMb: 512 })))
  await untilRunning(host)
  const before = host.pids(id)
  host.plans.publish(planOf(gateway(doors, { memoryMb: 1 })))
  await eventually(() => host.plans.reported(id)?.cause !== null, 'it says so')
  expect(host.plans.reported(id)).toMatchObject({ state: 'changing', nodes: { running: 0, leaving: 1 } })
  expect(host.plans.reported(id)?.cause).toContain('the one before goes on')
  expect(await outcomeAt(port)).toBe(200)
  expect(host.pids(id)).toEqual(expect.arrayContaining(before))
  host.plans.publish(planOf(gateway(doors, { memoryMb: 512 })))
  await untilRunning(host)
  expect(host.plans.reported(id)?.cause).toBeNull()
})

test('a door whose port is taken says by whom, the others serve, and it opens once the port is free', async () => {
  const host = await start()
  const taker = net.createServer()
  await new Promise<void>((resolve) => taker.listen(0, '127.0.0.1', resolve))
  const { port: taken } = taker.address() as net.AddressInfo
  const port = await freePort()
  host.plans.publish(
    planOf(
      gateway([
        { door: 'internet', port },
        { door: 'vpc', port: taken },
      ]),
    ),
  )
  const errorOf = () => host.plans.reported(id)?.doors.find(({ door }) => door === 'vpc')?.error
  await eventually(() => typeof errorOf() === 'string', 'the door says why')
  expect(errorOf()).toContain(`Port ${taken} is taken`)
  await untilRunning(host)
  expect(await outcomeAt(port)).toBe(200)
  await new Promise((resolve) => taker.close(resolve))
  await eventually(() => errorOf() === null, 'the door is open')
  await becomes(taken, 200)
})

test('a port goes from one gateway to another', async () => {
  const host = await start()
  const port = await freePort()
  const other = gateway([], { gatewayId: 'gw_other', name: 'other' })
  const doors: Doors = [{ door: 'internet', port }]
  host.plans.publish(planOf(gateway(doors), other))
  await untilRunning(host)
  await becomes(port, 200)
  // The receiver comes first in the plan.
  host.plans.publish(planOf({ ...other, doors }, gateway([])))
  const held = () => host.plans.reported('gw_other')?.doors
  await eventually(() => held()?.[0]?.error === null, 'the other one has it')
  await becomes(port, 200)
  expect(host.plans.reported(id)?.doors).toEqual([])
})

test('a port that two gateways want is served by one, and the other says so', async () => {
  const host = await start()
  const port = await freePort()
  const doors: Doors = [{ door: 'internet', port }]
  host.plans.publish(planOf(gateway(doors), gateway(doors, { gatewayId: 'gw_other', name: 'other' })))
  const error = () => host.plans.reported('gw_other')?.doors[0]?.error
  await eventually(() => typeof error() === 'string', 'it says so')
  expect(error()).toBe(`Port ${port} is another door of this host already.`)
  await becomes(port, 200)
})

test('without a console the gateways of the last plan come back, with what they served', async () => {
  const dataDir = makeDataDir()
  closers.push(() => removeDataDir(dataDir))
  const port = await freePort()
  const first = await start({ dataDir })
  first.plans.publish(planOf(gateway([{ door: 'internet', port }])))
  await untilRunning(first)
  expect(await outcomeAt(port)).toBe(200)
  const stored = [`${id}.node_host-_dedicated.snapshot`, 'shared.node_host.snapshot']
  const isStored = (name: string) => existsSync(join(dataDir, 'nodes', name))
  await eventually(() => stored.every(isStored), 'both are stored')
  await first.stop()
  const second = await start({ dataDir, hasConsole: false })
  // The model server of the first is still there, and the stored snapshot names it.
  await becomes(port, 200)
  expect(second.pids(id)).toHaveLength(1)
  expect(await statusOfShared(second)).toBe(200)
})

test('a plan that cannot be read changes nothing', async () => {
  const host = await start()
  const port = await freePort()
  const plan = planOf(gateway([{ door: 'internet', port }]))
  host.plans.publish(plan)
  await untilRunning(host)
  for (const bad of ['{', '{"formatVersion":9,"gateways":[],"nameServer":null}']) {
    const before = host.said.length
    host.plans.publish(bad)
    await eventually(() => host.said.length > before, 'it is refused')
  }
  expect(host.said.at(-1)).toBe(
    'The deployment plan has format 9, and this program reads 1. Stop Switchyard and start the newer program. The gateways go on as they are.',
  )
  expect(await outcomeAt(port)).toBe(200)
  host.plans.breakStreams()
  host.plans.publish(planOf())
  await eventually(() => host.pids(id).length === 0, 'a good plan counts again')
})

test('a stored plan of another format is refused, and the shared gateway serves', async () => {
  const dataDir = makeDataDir()
  closers.push(() => removeDataDir(dataDir))
  writeFileSync(join(dataDir, 'deployment-plan.json'), '{"formatVersion":9}')
  const host = await start({ dataDir })
  expect(host.said[0]).toContain('format 9')
  expect(await statusOfShared(host)).toBe(200)
})

test('a gateway that comes back while it finishes runs again', async () => {
  const host = await start()
  const port = await freePort()
  const plan = planOf(gateway([{ door: 'internet', port }]))
  host.plans.publish(plan)
  await untilRunning(host)
  const streams = openStreams(at(port), 20, headers)
  await eventually(() => streams.begun() === 20, 'every stream began')
  host.plans.publish(planOf())
  await eventually(() => host.plans.reported(id)?.state === 'stopping', 'it stops')
  host.plans.publish(plan)
  host.model.finish()
  expect(whole(await streams.outcomes)).toBe(20)
  await untilRunning(host)
  expect(await outcomeAt(port)).toBe(200)
})
