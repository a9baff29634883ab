import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Supervisor } from '@/lib/cli/supervisor.ts'
import { childEnvironment } from '@/lib/platform/env.ts'
import type { NameServerPlan } from '@/lib/snapshot/deployment.ts'
import { NameServerProcess } from './name-server-process.ts'

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })
let folder: string
let supervisor: Supervisor
let server: NameServerProcess
let told: string[]

/** Tells its port and its zones in its messages, which the supervisor hands on as they are. */
const program = `
  const port = process.argv[2]
  process.on('disconnect', () => process.exit(0))
  if (port === '53') { console.error('Port 53 is taken.'); process.exit(2) }
  process.on('message', ({ type, zones }) => {
    if (type === 'zones') process.send({ type: 'ready', told: port + ' ' + zones.map(({ name }) => name).join(',') })
  })
  process.send({ type: 'ready' })
`

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'switchyard-names-'))
  writeFileSync(path.join(folder, 'server.mjs'), program)
  told = []
  const backOff = { firstMs: 5, maxMs: 20, resetAfterMs: 60_000 }
  supervisor = new Supervisor({ say: () => {}, backOff, drainMs: 5_000 })
  const run = supervisor.run.bind(supervisor)
  supervisor.run = (plan, listener, options) =>
    run(
      plan,
      {
        ...listener,
        ready: (message) => {
          // Its answer to the zones would else be answered with the zones.
          if (message['told'] === undefined) listener?.ready?.(message)
          else told.push(String(message['told']))
        },
      },
      options,
    )
  server = new NameServerProcess({
    supervisor,
    planProcess: (port) => ({
      name: 'name server',
      file: path.join(folder, 'server.mjs'),
      arguments: () => [String(port)],
      env: childEnvironment({}),
      cwd: folder,
      hasLastWords: true,
    }),
    onChange: () => {},
  })
})
afterEach(async () => {
  supervisor.kill()
  await supervisor.stop()
  rmSync(folder, { recursive: true, force: true })
})

const plan = (port: number, ...names: string[]): NameServerPlan => ({
  port,
  zones: names.map((name) => ({ name, gatewayId: 'gw', addresses: [], allow: [] })),
})

test('it runs while the plan has one, and is told its zones, at first and on change', async () => {
  expect(server.report()).toBeNull()
  server.change(plan(8053, 'a.test'))
  await eventually(() => expect(told).toEqual(['8053 a.test']))
  expect(server.report()).toEqual({ port: 8053, error: null })
  server.change(plan(8053, 'a.test', 'b.test'))
  await eventually(() => expect(told).toEqual(['8053 a.test', '8053 a.test,b.test']))
  server.change(null)
  expect(server.report()).toBeNull()
})

test('on another port another process serves the same zones', async () => {
  server.change(plan(8053, 'a.test'))
  await eventually(() => expect(told).toHaveLength(1))
  server.change(plan(8054, 'a.test'))
  await eventually(() => expect(told).toEqual(['8053 a.test', '8054 a.test']))
})

test('plans that come and go at once leave the last one running', async () => {
  server.change(plan(8053, 'a.test'))
  server.change(null)
  server.change(plan(8054, 'b.test'))
  server.change(plan(8053, 'c.test'))
  await eventually(() => expect(told).toContain('8053 c.test'))
})

test('why it cannot run is told, tried again, and stops nothing else', async () => {
  server.change(plan(53, 'a.test'))
  await eventually(() => expect(server.report()).toEqual({ port: 53, error: 'Port 53 is taken.' }))
  writeFileSync(path.join(folder, 'server.mjs'), program.replace("'53'", "'54'"))
  await eventually(() => expect(server.report()).toEqual({ port: 53, error: null }))
  await eventually(() => expect(told).toEqual(['53 a.test']))
})

test('a reload runs the program anew, with its zones', async () => {
  server.change(plan(8053, 'a.test'))
  await eventually(() => expect(told).toHaveLength(1))
  expect(await server.reload(10_000)).toBe(true)
  await eventually(() => expect(told).toEqual(['8053 a.test', '8053 a.test']))
})
