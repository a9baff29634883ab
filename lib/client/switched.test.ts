import { expect, test } from 'vitest'
import { fromSwitched, switchedOff, toSwitched } from './switched.ts'

const atFirst = { size: 64, waitMs: 1000 }

test('null is a switch that is off, with something to begin from', () => {
  expect(toSwitched(null, atFirst)).toEqual({ enabled: false, size: 64, waitMs: 1000 })
  expect(toSwitched({ size: 1, waitMs: 2 }, atFirst)).toEqual({ enabled: true, size: 1, waitMs: 2 })
})

test('there and back is the same', () => {
  const value = { size: 3, waitMs: 5 }
  expect(fromSwitched(toSwitched(value, atFirst), atFirst)).toEqual(value)
  expect(fromSwitched(toSwitched(null, atFirst), atFirst)).toBeNull()
})

test('what is off keeps whatever was typed', () => {
  const typed = { enabled: false, size: null, waitMs: -1 }
  expect(switchedOff.parse(typed)).toEqual(typed)
})
