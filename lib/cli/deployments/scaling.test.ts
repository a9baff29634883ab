import { expect, test } from 'vitest'
import { newScaling, nextScaling, defaultScalingPolicy as policy, type Scaling } from './scaling.ts'

const bounds = { min: 1, max: 4 }

interface Course {
  readonly from: Scaling
  readonly at: number
  readonly seconds: number
  /** Cores used by all nodes, given how many there are. */
  cores(nodes: number, second: number): number
  readonly serving?: (nodes: number) => number
  readonly bounds?: { min: number; max: number }
}

/** A sample a second. Returns the end, and when the number changed: `12 s: 2`. */
function run({ from, at, seconds, cores, serving = (nodes) => nodes, ...given }: Course) {
  let scaling = from
  const changes: string[] = []
  for (let second = 1; second <= seconds; second++) {
    const now = at + second * 1_000
    const before = scaling.nodes
    const load = cores(before, second)
    const input = { at: now, cores: load, serving: serving(before), ...(given.bounds ?? bounds) }
    scaling = nextScaling(scaling, input, policy)
    if (scaling.nodes !== before) changes.push(`${second} s: ${scaling.nodes}`)
  }
  return { scaling, changes, at: at + seconds * 1_000 }
}

test('a full node gets another within seconds, one at a time, up to the maximum', () => {
  const { changes } = run({ from: newScaling(1, 0), at: 0, seconds: 120, cores: (nodes) => nodes })
  expect(changes).toEqual(['15 s: 2', '30 s: 3', '45 s: 4'])
})

test('it grows to what carries the load, and no further', () => {
  const { scaling } = run({
    from: newScaling(1, 0),
    at: 0,
    seconds: 600,
    cores: (nodes) => Math.min(nodes, 1.3),
  })
  expect(scaling.nodes).toBe(2)
})

test('a moment of load adds nothing', () => {
  const burst = (_nodes: number, second: number) => (second % 30 < 4 ? 1 : 0.1)
  expect(run({ from: newScaling(1, 0), at: 0, seconds: 600, cores: burst }).changes).toEqual([])
})

test('idle nodes go slowly, one after the other, down to the minimum', () => {
  const { changes } = run({ from: newScaling(4, 0), at: 0, seconds: 600, cores: () => 0 })
  expect(changes).toEqual(['179 s: 3', '239 s: 2', '299 s: 1'])
})

test('a load between the two thresholds changes nothing in either direction', () => {
  for (const cores of [1, 1.2, 1.35]) {
    expect(run({ from: newScaling(2, 0), at: 0, seconds: 1_200, cores: () => cores }).changes).toEqual([])
  }
})

test('any steady load comes to rest', () => {
  for (let cores = 0; cores <= 4; cores += 0.05) {
    for (const start of [1, 2, 3, 4]) {
      const settled = run({ from: newScaling(start, 0), at: 0, seconds: 900, cores: () => cores })
      const later = run({ from: settled.scaling, at: settled.at, seconds: 900, cores: () => cores })
      expect(later.changes).toEqual([])
    }
  }
})

test('no node goes while the load rises', () => {
  const calm = run({ from: newScaling(2, 0), at: 0, seconds: 170, cores: () => 0.1 })
  const rising = run({ from: calm.scaling, at: calm.at, seconds: 30, cores: () => 1.3 })
  expect(rising.changes).toEqual([])
})

test('while a wanted node does not serve yet nothing is decided', () => {
  const waiting = { from: newScaling(2, 0), at: 0, seconds: 600, serving: () => 1 }
  expect(run({ ...waiting, cores: () => 4 }).changes).toEqual([])
  expect(run({ ...waiting, cores: () => 0 }).changes).toEqual([])
})

test('new bounds count at once', () => {
  const raised = { from: newScaling(1, 0), at: 0, seconds: 1, cores: () => 0 }
  expect(run({ ...raised, bounds: { min: 3, max: 5 } }).changes).toEqual(['1 s: 3'])
  const lowered = { from: newScaling(5, 0), at: 0, seconds: 1, cores: () => 5 }
  expect(run({ ...lowered, bounds: { min: 2, max: 2 } }).changes).toEqual(['1 s: 2'])
})

test('samples are forgotten', () => {
  const { scaling } = run({ from: newScaling(1, 0), at: 0, seconds: 2_000, cores: () => 0.1 })
  expect(scaling.samples.length).toBeLessThanOrEqual(policy.shrinkWindowMs / 1_000)
})
