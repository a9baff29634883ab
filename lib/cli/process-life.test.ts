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

test('a process that dies is started again, each time after twice the wait', () => {
  const { effects } = live([
    { type: 'start', at: 0 },
    { type: 'exited', at: 10, code: 1 },
    { type: 'waited', at: 20 },
    { type: 'exited', at: 30, code: null },
    { type: 'waited', at: 40 },
    { type: 'exited', at: 50, code: 0 },
  ])
  expect(effects).toEqual(['spawn', 250, 'spawn', 500, 'spawn', 1000])
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
  expect(effects).toEqual(['spawn', 250, 'spawn', 500, 'spawn', 250])
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
  expect(effects).toEqual(['spawn', 250])
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
  expect(effects).toEqual(['spawn', 250])
  expect(life.phase).toBe('stopped')
})

test('the wait never exceeds its bound, and jitter takes a quarter off at most', () => {
  expect(delayMs(1000, defaultBackOff, () => 1)).toBe(15_000)
  expect(delayMs(1000, defaultBackOff, () => 0)).toBe(11_250)
  expect(delayMs(1, defaultBackOff, () => 0)).toBe(188)
})
