import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  at,
  eventually,
  gateway,
  headers,
  id,
  outcomeAt,
  path,
  start,
  statusOfShared,
  untilRunning,
  whole,
  withHosts,
} from '@/lib/cli/testing/dedicated-host.ts'
import { freePort } from '@/lib/cli/testing/free-port.ts'
import { planOf } from '@/lib/cli/testing/start-host.ts'
import { openStreams, startRequests } from '@/lib/cli/testing/traffic.ts'

withHosts()

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
