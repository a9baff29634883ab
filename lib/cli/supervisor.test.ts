import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { childEnvironment } from '@/lib/platform/env.ts'
import type { ProcessPlan } from './process-plan.ts'
import { Supervisor } from './supervisor.ts'

const backOff = { firstMs: 5, maxMs: 20, resetAfterMs: 60_000 }
let folder: string
let said: string[]
let supervisor: Supervisor

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'switchyard-supervisor-'))
  said = []
  supervisor = new Supervisor({ say: (line) => said.push(line), backOff, drainMs: 300 })
})
afterEach(async () => {
  supervisor.kill()
  await supervisor.stop()
  rmSync(folder, { recursive: true, force: true })
})

function plan(name: string, program: string): ProcessPlan {
  const file = path.join(folder, `${name}.mjs`)
  writeFileSync(file, program)
  return { name, file, arguments: () => [], env: childEnvironment({}), cwd: folder }
}

const serve = `
  process.on('disconnect', () => process.exit(0))
  process.send({ type: 'ready', pid: process.pid })
`
const stayUp = `${serve}
  setInterval(() => {}, 1000)
`

test('a killed process comes back, and its neighbour never notices', async () => {
  const pids: unknown[] = []
  const first = supervisor.run(plan('first', stayUp), { ready: ({ pid }) => pids.push(pid) })
  const second = supervisor.run(plan('second', stayUp))
  await Promise.all([first.ready, second.ready])
  const neighbour = second.process.pid
  process.kill(Number(pids[0]), 'SIGKILL')
  await vi.waitFor(() => expect(pids).toHaveLength(2), { timeout: 10_000 })
  expect(pids[1]).not.toBe(pids[0])
  expect(second.process.pid).toBe(neighbour)
  expect(said.join('\n')).toMatch(
    /The first stopped unexpectedly \(signal SIGKILL\)[\s\S]*The first is running again/,
  )
})

test('a wrong configuration stops everything with exit code 2', async () => {
  const healthy = supervisor.run(plan('healthy', stayUp))
  await healthy.ready
  supervisor.run(plan('misconfigured', 'process.exit(2)'))
  expect(await supervisor.finished).toBe(2)
  expect(healthy.process.pid).toBeUndefined()
})

test('a wrong configuration of what is not essential stops nothing, and is tried again', async () => {
  const healthy = supervisor.run(plan('healthy', stayUp))
  await healthy.ready
  const optional = plan('optional', 'process.exit(2)')
  const { ready } = supervisor.run(optional, {}, { isEssential: false })
  await vi.waitFor(() => expect(said.filter((line) => line.includes('optional')).length).toBeGreaterThan(3), {
    timeout: 10_000,
  })
  writeFileSync(optional.file, stayUp)
  await ready
  expect(healthy.process.pid).toBeDefined()
})

test('one program can be ended for good', async () => {
  const first = supervisor.run(plan('first', stayUp))
  const second = supervisor.run(plan('second', stayUp))
  await Promise.all([first.ready, second.ready])
  await supervisor.end(first.process)
  expect(first.process.pid).toBeUndefined()
  expect(second.process.pid).toBeDefined()
  expect(said).toEqual([])
})

test('stopping lets a process finish what it is doing', async () => {
  const note = path.join(folder, 'note')
  const { ready } = supervisor.run(
    plan(
      'draining',
      `import { writeFileSync } from 'node:fs'
       process.on('SIGTERM', () => setTimeout(() => { writeFileSync(${JSON.stringify(note)}, 'drained'); process.exit(0) }, 50))
       ${stayUp}`,
    ),
  )
  await ready
  await supervisor.stop()
  expect(await supervisor.finished).toBe(0)
  expect(readFileSync(note, 'utf8')).toBe('drained')
})

test('a process that will not finish is ended after the drain time', async () => {
  const { ready, process: child } = supervisor.run(
    plan('stubborn', `process.on('SIGTERM', () => {})\n${stayUp}`),
  )
  await ready
  await supervisor.stop()
  expect(child.pid).toBeUndefined()
  expect(said.join('\n')).toContain('did not finish within 0.3 s')
})

test('asking twice does not wait for the drain time', async () => {
  supervisor = new Supervisor({ say: () => {}, backOff, drainMs: 60_000 })
  const { ready } = supervisor.run(plan('stubborn', `process.on('SIGTERM', () => {})\n${stayUp}`))
  await ready
  const stopped = supervisor.stop()
  void supervisor.stop()
  await stopped
  expect(await supervisor.finished).toBe(0)
})
