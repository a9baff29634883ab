import { expect, test } from 'vitest'
import {
  defaultBackOff,
  delayMs,
  newLife,
  nextLife,
  type ProcessEvent,
  type ProcessLife,
} from './process-life.ts'

function live(events: readonly ProcessEvent[]) {
  let life: ProcessLife = newLife
  const effects = []
  for (const event of events) {
    const [next, effect] = nextLife(life, event, defaultBackOff, () => 1)
    life = next
    if (effect) effects.push(effect.do === 'wait' ? effect.ms : effect.do)
  }
  return { life, effects }
}

test('a process that dies is started again: at once, then each time after twice the wait', () => {
  const { effects } = live([
    { type: 'start', at: 0 },
    { type: 'exited', at: 10, code: 1 },
    { type: 'waited', at: 20 },
    { type: 'exited', at: 30, code: null },
    { type: 'waited', at: 40 },
    { type: 'exited', at: 50, code: 0 },
  ])
  expect(effects).toEqual(['spawn', 0, 'spawn', 250, 'spawn', 500])
})

test('the wait begins anew after a minute of life', () => {
  const { effects } = live([
    { type: 'start', at: 0 },
    { type: 'exited', at: 10, code: 1 },
    { type: 'waited', at: 20 },
    { type: 'exited', at: 30, code: 1 },
    { type: 'waited', at: 40 },
    { type: 'exited', at: 40 + 60_000, code: 1 },
  ])
  expect(effects).toEqual(['spawn', 0, 'spawn', 250, 'spawn', 0])
})

test('a wrong configuration is not tried again', () => {
  const { life, effects } = live([
    { type: 'start', at: 0 },
    { type: 'exited', at: 10, code: 2 },
  ])
  expect(effects).toEqual(['spawn', 'give-up'])
  expect(life.phase).toBe('stopped')
})

test('a process that has served before is started again, whatever it says of its configuration', () => {
  const { effects } = live([{ type: 'start', at: 0 }, { type: 'ready' }, { type: 'exited', at: 10, code: 2 }])
  expect(effects).toEqual(['spawn', 0])
})

test('a process asked to stop is terminated once and stays down, whatever its exit code', () => {
  const { life, effects } = live([
    { type: 'start', at: 0 },
    { type: 'stop' },
    { type: 'stop' },
    { type: 'exited', at: 10, code: 1 },
    { type: 'waited', at: 20 },
  ])
  expect(effects).toEqual(['spawn', 'terminate'])
  expect(life.phase).toBe('stopped')
})

test('stopping while waiting to start again starts nothing', () => {
  const { life, effects } = live([
    { type: 'start', at: 0 },
    { type: 'exited', at: 10, code: 1 },
    { type: 'stop' },
    { type: 'waited', at: 20 },
  ])
  expect(effects).toEqual(['spawn', 0])
  expect(life.phase).toBe('stopped')
})

test('a paused process stays down, whatever its exit code, until it is started again', () => {
  const { life, effects } = live([
    { type: 'start', at: 0 },
    { type: 'ready' },
    { type: 'pause' },
    { type: 'exited', at: 10, code: 2 },
    { type: 'waited', at: 20 },
  ])
  expect(effects).toEqual(['spawn', 'terminate'])
  expect(life).toEqual({ ...newLife, hasServed: true })
  expect(nextLife(life, { type: 'start', at: 30 })[1]).toEqual({ do: 'spawn' })
})

test('a process that is to stop while it pauses is not started again', () => {
  const { life, effects } = live([
    { type: 'start', at: 0 },
    { type: 'pause' },
    { type: 'stop' },
    { type: 'exited', at: 10, code: 0 },
    { type: 'start', at: 20 },
  ])
  expect(effects).toEqual(['spawn', 'terminate'])
  expect(life.phase).toBe('stopped')
})

test('one that takes the place of another begins without its failures', () => {
  const { effects } = live([
    { type: 'start', at: 0 },
    { type: 'exited', at: 10, code: 1 },
    { type: 'waited', at: 20 },
    { type: 'replaced', at: 30 },
    { type: 'exited', at: 40, code: 2 },
  ])
  expect(effects).toEqual(['spawn', 0, 'spawn', 0])
})

test('the wait never exceeds its bound, and jitter takes a quarter off at most', () => {
  expect(delayMs(1000, defaultBackOff, () => 1)).toBe(15_000)
  expect(delayMs(1000, defaultBackOff, () => 0)).toBe(11_250)
  expect(delayMs(2, defaultBackOff, () => 0)).toBe(188)
  expect(delayMs(1, defaultBackOff, () => 1)).toBe(0)
})

test('a process that is let go is not started again, and another may be by a start', () => {
  const { effects } = live([
    { type: 'start', at: 0 },
    { type: 'retire' },
    { type: 'waited', at: 10 },
    { type: 'start', at: 20 },
  ])
  expect(effects).toEqual(['spawn', 'spawn'])
})

test('a slot that is let go while it waits to be started again stays down', () => {
  const { effects } = live([
    { type: 'start', at: 0 },
    { type: 'exited', at: 10, code: 1 },
    { type: 'retire' },
    { type: 'waited', at: 20 },
  ])
  expect(effects).toEqual(['spawn', 0])
})
