import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { childEnvironment } from '@/lib/platform/env.ts'
import type { ProcessPlan } from './process-plan.ts'
import { reloadInstallation } from './reload-installation.ts'
import { readReloadLog } from './reload-log.ts'
import { reloadOnDemand } from './reload-on-demand.ts'
import { type Supervised, Supervisor } from './supervisor.ts'

let folder: string
let supervisor: Supervisor
let said: string[]

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'switchyard-reload-'))
  said = []
  supervisor = new Supervisor({
    say: (line) => said.push(line),
    backOff: { firstMs: 5, maxMs: 20, resetAfterMs: 60_000 },
    drainMs: 5_000,
  })
})
afterEach(async () => {
  supervisor.kill()
  await supervisor.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Notes its start and its end in the log, and ends when it is told to. */
const program = `
  import { appendFileSync } from 'node:fs'
  const note = (what) => appendFileSync(process.argv[2], process.argv[3] + ' ' + what + '\\n')
  const end = () => { note('ended'); process.exit(0) }
  process.on('SIGTERM', end)
  process.on('disconnect', end)
  process.on('message', (message) => { if (message.type === 'drain') end() })
  note('started')
  process.send({ type: 'ready' })
`

function plan(name: string, source = program): ProcessPlan {
  const file = path.join(folder, `${name}.mjs`)
  writeFileSync(file, source)
  return {
    name,
    file,
    arguments: (generation) => [path.join(folder, 'log'), generation === 1 ? name : `${name}~${generation}`],
    env: childEnvironment({}),
    cwd: folder,
  }
}

const log = () => readFileSync(path.join(folder, 'log'), 'utf8').trim().split('\n')

async function start(...names: string[]): Promise<Supervised[]> {
  const all: Supervised[] = []
  // One after the other, so that the log has an order.
  for (const name of names) {
    const supervised = supervisor.run(plan(name))
    await supervised.ready
    all.push(supervised)
  }
  return all
}

function reload([console_, ...nodes]: Supervised[], migrate: () => Promise<void> = async () => {}) {
  if (console_ === undefined) throw new Error('There is no console.')
  return reloadInstallation({
    console: console_.process,
    reloadGateways: (replaceAll) => replaceAll(nodes.map((node) => node.process)),
    migrate,
    readyWithinMs: 10_000,
    reloadDrainMs: 5_000,
    say: (line) => said.push(line),
  })
}

test('the console goes first, migrated while it is down; then each node, only after the one before', async () => {
  const all = await start('console', 'first', 'second')
  const migrate = vi.fn(async () => expect(log().at(-1)).toBe('console ended'))
  expect(await reload(all, migrate)).toBe(true)
  expect(migrate).toHaveBeenCalledOnce()
  await vi.waitFor(() => expect(log()).toHaveLength(9))
  const begun = log().slice(3)
  expect(begun.slice(0, 3)).toEqual(['console ended', 'console started', 'first~2 started'])
  expect(begun.indexOf('first~2 started')).toBeLessThan(begun.indexOf('first ended'))
  expect(begun.indexOf('first~2 started')).toBeLessThan(begun.indexOf('second~2 started'))
  expect(begun.indexOf('second~2 started')).toBeLessThan(begun.indexOf('second ended'))
})

test('what runs anew is what is on disk now', async () => {
  const all = await start('console', 'node')
  plan('node', program.replace("note('started')", "note('is newer')"))
  expect(await reload(all)).toBe(true)
  expect(log()).toContain('node~2 is newer')
})

test('a migration that fails leaves the nodes as they are, and the console comes back', async () => {
  const all = await start('console', 'node')
  const node = all[1]?.process.pid
  const failed = reload(all, () => Promise.reject(new Error('The database is newer.')))
  expect(await failed).toBe(false)
  expect(all[1]?.process.pid).toBe(node)
  expect(said).toContain('The database is newer.')
  await vi.waitFor(() => expect(log().at(-1)).toBe('console started'))
})

test('a console that does not start leaves the nodes as they are', async () => {
  const all = await start('console', 'node')
  const node = all[1]?.process.pid
  plan('console', 'process.exit(1)')
  expect(await reload(all)).toBe(false)
  expect(all[1]?.process.pid).toBe(node)
  expect(said.join('\n')).toContain(
    'The console did not get ready within 10 s.\nThe gateway nodes stay as they are.',
  )
})

test('a node that does not start ends the reload, and those not yet replaced serve on', async () => {
  const all = await start('console', 'first', 'second')
  const [, first, second] = all.map((one) => one.process.pid)
  plan('first', 'process.exit(1)')
  expect(await reload(all)).toBe(false)
  expect(all.slice(1).map((one) => one.process.pid)).toEqual([first, second])
  expect(said.at(-2)).toContain(`the one before (process ${first}) goes on.`)
  expect(said.at(-1)).toBe('The reload ends here.')
})

test('a node that waits to be started again is started at once', async () => {
  const all = await start('console', 'node')
  const file = plan('node', 'process.exit(1)').file
  process.kill(all[1]?.process.pid ?? 0, 'SIGKILL')
  await vi.waitFor(() => expect(said.filter((line) => line.includes('stopped')).length).toBeGreaterThan(2))
  writeFileSync(file, program)
  await vi.waitFor(async () => expect(await reload(all)).toBe(true))
})

test('a stop during a reload ends both the old and the new process', async () => {
  const all = await start('console', 'node')
  plan('node', `${program.replace("process.send({ type: 'ready' })", 'setInterval(() => {}, 1000)')}`)
  const reloaded = reload(all)
  await vi.waitFor(() => expect(log()).toContain('node~2 started'), { timeout: 10_000 })
  await supervisor.stop()
  expect(await reloaded).toBe(false)
  expect(
    log()
      .filter((line) => line.endsWith('ended'))
      .sort(),
  ).toEqual(['console ended', 'console ended', 'node ended', 'node~2 ended'])
})

test('reloads that are asked for during one make one more, and each is noted down', async () => {
  let finish: () => void = () => {}
  const run = vi.fn(
    (say: (line: string) => void) =>
      new Promise<boolean>((resolve) => {
        say('Going on.')
        finish = () => resolve(run.mock.calls.length < 2)
      }),
  )
  const ask = reloadOnDemand({ dataDir: folder, run, say: () => {} })
  ask()
  ask()
  ask()
  expect(readReloadLog(folder)).toMatchObject({ lines: ['Going on.'], succeeded: null })
  finish()
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(2))
  finish()
  await vi.waitFor(() => expect(readReloadLog(folder)).toMatchObject({ succeeded: false }))
  expect(run).toHaveBeenCalledTimes(2)
  expect(existsSync(path.join(folder, 'switchyard.reload.tmp'))).toBe(false)
})
