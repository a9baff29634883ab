import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import {
  at,
  type Doors,
  eventually,
  gateway,
  headers,
  id,
  outcomeAt,
  start,
  untilRunning,
  whole,
  withHosts,
} from '@/lib/cli/testing/dedicated-host.ts'
import { freePort } from '@/lib/cli/testing/free-port.ts'
import { planOf } from '@/lib/cli/testing/start-host.ts'
import { openStreams, startRequests } from '@/lib/cli/testing/traffic.ts'

withHosts()

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

/** Megabytes of old space that the processes were started with. */
function memoryOf(pids: readonly number[]): Array<string | undefined> {
  return pids.map((pid) => {
    const words = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    return /--max-old-space-size=(\d+)/.exec(words)?.[1]
  })
}
