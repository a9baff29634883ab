import { expect, test, vi } from 'vitest'
import type { ChildProcess } from './child-process.ts'
import type { HeldPort } from './held-port.ts'
import { passDoors } from './pass-doors.ts'

test('a process gets its doors once, however often it asks', () => {
  const pass = vi.fn()
  const port: HeldPort = { port: 1, pass, release: () => {} }
  const { listenersWanted } = passDoors(new Map([['console', port]]), ['console'])
  const one = { process: 'one' } as unknown as ChildProcess
  listenersWanted({ type: 'listeners-wanted', revision: null }, one, false)
  listenersWanted({ type: 'listeners-wanted', revision: 1 }, one, false)
  expect(pass.mock.calls).toEqual([['one', 'console']])
})
