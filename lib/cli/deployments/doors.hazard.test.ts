import net from 'node:net'
import { expect, test } from 'vitest'
import {
  at,
  becomes,
  type Doors,
  eventually,
  gateway,
  headers,
  id,
  outcomeAt,
  start,
  statusOfShared,
  untilRunning,
  whole,
  withHosts,
} from '@/lib/cli/testing/dedicated-host.ts'
import { freePort } from '@/lib/cli/testing/free-port.ts'
import { planOf } from '@/lib/cli/testing/start-host.ts'
import { openStreams } from '@/lib/cli/testing/traffic.ts'

withHosts()

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
