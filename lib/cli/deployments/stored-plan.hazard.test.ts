import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  becomes,
  closers,
  eventually,
  gateway,
  id,
  outcomeAt,
  start,
  statusOfShared,
  untilRunning,
  withHosts,
} from '@/lib/cli/testing/dedicated-host.ts'
import { freePort } from '@/lib/cli/testing/free-port.ts'
import { makeDataDir, planOf, removeDataDir } from '@/lib/cli/testing/start-host.ts'

withHosts()

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
