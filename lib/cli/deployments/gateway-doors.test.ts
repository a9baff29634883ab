import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ChildProcess } from '@/lib/cli/child-process.ts'
import type { HeldPort } from '@/lib/cli/held-port.ts'
import type { ListenersWantedMessage } from '@/lib/platform/process-messages.ts'
import { GatewayDoors } from './gateway-doors.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const wanted = (revision: number | null): ListenersWantedMessage => ({ type: 'listeners-wanted', revision })

/** What each process was told, in order: `doors internet`, `listener internet`. */
let told: string[]
beforeEach(() => {
  told = []
})

function child(name: string): ChildProcess {
  const send = ({ doors }: { doors: string[] }) => told.push(`${name}: doors ${doors.join(' ')}`.trim())
  return { process: { name, connected: true }, send } as unknown as ChildProcess
}

function port() {
  const release = vi.fn()
  const pass: HeldPort['pass'] = (to, door) =>
    told.push(`${(to as unknown as { name: string }).name}: listener ${door}`)
  return { port: 1, pass, release }
}

const internet = () => new Map([['internet', port()]])

test('a process is told its doors and gets each, once, however often it asks', () => {
  const doors = new GatewayDoors(
    new Map([
      ['internet', port()],
      ['vpc', port()],
    ]),
  )
  const one = child('one')
  doors.listenersWanted(wanted(1), one, false)
  doors.listenersWanted(wanted(2), one, false)
  expect(told).toEqual(['one: doors internet vpc', 'one: listener internet', 'one: listener vpc'])
})

test('a gateway without doors says so', () => {
  new GatewayDoors().listenersWanted(wanted(1), child('one'), false)
  expect(told).toEqual(['one: doors'])
})

test('a door that is added reaches those that serve, and those that come', () => {
  const doors = new GatewayDoors(internet())
  doors.listenersWanted(wanted(1), child('one'), false)
  told = []
  doors.add('nlb-9000', port())
  expect(told).toEqual(['one: doors internet nlb-9000', 'one: listener nlb-9000'])
  told = []
  doors.listenersWanted(wanted(1), child('two'), false)
  expect(told).toEqual(['two: doors internet nlb-9000', 'two: listener internet', 'two: listener nlb-9000'])
})

test('a door that is withdrawn is taken from those that serve, and its port released', () => {
  const vpc = port()
  const doors = new GatewayDoors(internet())
  doors.add('vpc', vpc)
  doors.listenersWanted(wanted(1), child('one'), false)
  told = []
  doors.remove('vpc')
  expect(told).toEqual(['one: doors internet'])
  expect(vpc.release).toHaveBeenCalledOnce()
})

test('a process that leaves gets no door any more', () => {
  const doors = new GatewayDoors(internet())
  const one = child('one')
  doors.listenersWanted(wanted(1), one, false)
  doors.left(one)
  told = []
  doors.add('vpc', port())
  expect(told).toEqual([])
})

test('a node without a snapshot gets none beside one that serves, until it has a snapshot too', () => {
  const doors = new GatewayDoors(internet(), 1_000)
  const second = child('second')
  doors.listenersWanted(wanted(null), second, false)
  doors.listenersWanted(wanted(1), child('first'), false)
  vi.advanceTimersByTime(5_000)
  expect(told).not.toContain('second: listener internet')
  doors.listenersWanted(wanted(1), second, false)
  expect(told).toContain('second: listener internet')
})

test('where no node has a snapshot they say so to callers after a while', () => {
  const doors = new GatewayDoors(internet(), 1_000)
  doors.listenersWanted(wanted(null), child('first'), false)
  expect(told).toEqual([])
  vi.advanceTimersByTime(1_000)
  expect(told).toContain('first: listener internet')
})

test('a node that is to relieve another never gets callers without a snapshot', () => {
  const doors = new GatewayDoors(internet(), 1_000)
  const fresh = child('fresh')
  doors.listenersWanted(wanted(null), fresh, true)
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([])
  doors.listenersWanted(wanted(3), fresh, true)
  expect(told).toContain('fresh: listener internet')
})
