import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ListenersWantedMessage } from '@/lib/platform/process-messages.ts'
import type { ChildProcess } from './child-process.ts'
import type { HeldPort } from './held-port.ts'
import { passDoors, passGatewayDoors } from './pass-doors.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const child = (name: string) => ({ process: name }) as unknown as ChildProcess
const wanted = (revision: number | null): ListenersWantedMessage => ({ type: 'listeners-wanted', revision })

function heldPort() {
  const pass = vi.fn()
  const port: HeldPort = { port: 1, pass, release: () => {} }
  return { doors: new Map([['internet', port]]), given: () => pass.mock.calls.map(([to]) => to) }
}

test('a process gets its doors once, however often it asks', () => {
  const { doors, given } = heldPort()
  const { listenersWanted } = passDoors(doors, ['internet'])
  const one = child('one')
  listenersWanted(wanted(null), one, false)
  listenersWanted(wanted(1), one, false)
  expect(given()).toEqual(['one'])
})

test('a node without a snapshot gets none beside one that serves, until it has a snapshot too', () => {
  const { doors, given } = heldPort()
  const { listenersWanted } = passGatewayDoors(doors, ['internet'], 1_000)
  const second = child('second')
  listenersWanted(wanted(null), second, false)
  listenersWanted(wanted(1), child('first'), false)
  vi.advanceTimersByTime(5_000)
  expect(given()).toEqual(['first'])
  listenersWanted(wanted(1), second, false)
  expect(given()).toEqual(['first', 'second'])
})

test('where no node has a snapshot they say so to callers after a while', () => {
  const { doors, given } = heldPort()
  const { listenersWanted } = passGatewayDoors(doors, ['internet'], 1_000)
  listenersWanted(wanted(null), child('first'), false)
  expect(given()).toEqual([])
  vi.advanceTimersByTime(1_000)
  expect(given()).toEqual(['first'])
})

test('a node that is to relieve another never gets callers without a snapshot', () => {
  const { doors, given } = heldPort()
  const { listenersWanted } = passGatewayDoors(doors, ['internet'], 1_000)
  const fresh = child('fresh')
  listenersWanted(wanted(null), fresh, true)
  vi.advanceTimersByTime(60_000)
  expect(given()).toEqual([])
  listenersWanted(wanted(3), fresh, true)
  expect(given()).toEqual(['fresh'])
})
