import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ReportSender } from '@/lib/gateway/report-sender/report-sender.ts'
import { eject, fitFrom } from '@/lib/gateway/runtime/health/verdict.ts'
import { InstanceState } from '@/lib/gateway/runtime/instance.ts'
import { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { createSharedState } from '@/lib/gateway/runtime/shared-state.ts'
import type { SnapshotInbox } from '@/lib/gateway/snapshot-source/snapshot-inbox.ts'
import { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { passivePolicy } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startConsole } from '@/lib/gateway/testing/start-console.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import { createLogger } from '@/lib/platform/logger.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function senderTo(
  consoleUrl: string,
  given: { instances: InstanceRegistry; states: readonly InstanceState[]; busyMs: number },
): ReportSender {
  const { instances, states, busyMs } = given
  const logger = createLogger('test', 'silent')
  const services = [{ instances: states.map((state) => ({ state })) }]
  return new ReportSender({
    consoleUrl,
    nodeToken: 'node-token',
    logger,
    busyMs,
    subject: {
      identity: {
        nodeId: 'node_1',
        gatewayId: 'shared',
        host: 'h',
        pid: 1,
        version: '1',
        startedAt: 1,
      },
      runtimes: { current: { services } } as unknown as RuntimeHolder,
      shared: { ...createSharedState(systemClock), instances },
      inbox: { revision: 1, appliedAt: 1, refused: null } as SnapshotInbox,
      observer: new Observer(systemClock, logger),
      doors: { listeners: [], connections: 3 },
    },
  })
}

async function start(instanceCount: number, busyMs = 20) {
  const consoleServer = await startConsole('node-token')
  const instances = new InstanceRegistry(systemClock)
  const states = Array.from(
    { length: instanceCount },
    (_, index) => new InstanceState(`ins_${index}`, 'x', 0),
  )
  for (const state of states) instances.journal.note(state, 0)
  const reports = senderTo(consoleServer.url, { instances, states, busyMs })
  closers.push(consoleServer.close, () => reports.stop())
  reports.start()
  await until(() => consoleServer.reports.length > 0, 'the first report')
  const change = (index: number, isOut: boolean) => {
    const state = states[index] as InstanceState
    state.verdict = isOut ? eject(fitFrom(0), passivePolicy, 'why', Date.now()) : fitFrom(Date.now())
    state.gate = isOut ? 'shut' : 'open'
    instances.journal.note(state, Date.now())
  }
  return {
    consoleServer,
    reports,
    change,
    told: () => consoleServer.reports.flatMap((one) => one.instances ?? []),
  }
}

test('tells the console everything once, then only what changes, and everything again when asked to', async () => {
  const { consoleServer, reports, change, told } = await start(3)
  expect(told()).toMatchObject([{ isWhole: true, items: [{}, {}, {}] }])
  expect(consoleServer.reports[0]?.connections).toBe(3)
  change(1, true)
  await until(() => told().length === 2, 'the change is told')
  expect(told()[1]).toMatchObject({ isWhole: false, items: [{ instanceId: 'ins_1', state: 'ejected' }] })
  expect(consoleServer.reports.at(-1)?.healthEvents).toMatchObject([
    { instanceId: 'ins_1', state: 'ejected' },
  ])
  reports.tellAll()
  await until(() => told().length === 3, 'everything is told again')
  expect(told()[2]).toMatchObject({ isWhole: true, items: [{}, { state: 'ejected' }, {}] })
})

test('tells a long list in portions, one right after the other', async () => {
  const { told } = await start(5_000)
  await until(() => told().length === 3, 'all portions')
  expect(told().map(({ isWhole, items }) => [isWhole, items.length])).toEqual([
    [true, 2_000],
    [false, 2_000],
    [false, 1_000],
  ])
})

test('keeps the history while the console is away, and tells it in order when it is back', async () => {
  const { consoleServer, change, told } = await start(2)
  consoleServer.refuseReportsWith = 503
  change(0, true)
  await until(() => consoleServer.reportsRefused > 0, 'a report was refused')
  change(0, false)
  change(1, true)
  consoleServer.refuseReportsWith = null
  await until(() => told().length > 1, 'the console was told')
  const events = consoleServer.reports.flatMap(({ healthEvents }) => healthEvents)
  expect(events.map(({ instanceId, state }) => [instanceId, state])).toEqual([
    ['ins_0', 'ejected'],
    ['ins_0', 'unknown'],
    ['ins_1', 'ejected'],
  ])
  expect(told().at(-1)).toMatchObject({ isWhole: true })
})

test('does not flood the console with an instance that flaps', async () => {
  const { consoleServer, change } = await start(1, 1_000)
  const before = consoleServer.reports.length
  const startedAt = performance.now()
  let changes = 0
  await until(() => {
    change(0, changes % 2 === 0)
    changes += 1
    return changes === 60
  }, 'many changes')
  const elapsedMs = performance.now() - startedAt
  expect(consoleServer.reports.length - before).toBeLessThanOrEqual(elapsedMs / 100 + 2)
  const eventsTold = () => consoleServer.reports.flatMap(({ healthEvents }) => healthEvents).length
  await until(() => eventsTold() === changes, 'no change was lost')
})

test('a console that takes the connection and never answers keeps no node from stopping', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => void sockets.push(socket))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    for (const socket of sockets) socket.destroy()
    silent.close()
  })
  const { port } = silent.address() as AddressInfo
  const instances = new InstanceRegistry(systemClock)
  const reports = senderTo(`http://127.0.0.1:${port}`, { instances, states: [], busyMs: 20 })
  reports.start()
  await until(() => sockets.length > 0, 'a report is under way')
  await reports.stop()
})
