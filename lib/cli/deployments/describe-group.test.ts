import { expect, test } from 'vitest'
import { describeGroup, type GroupFacts } from './describe-group.ts'

const node = (process: Partial<GroupFacts['active'][number]['process']> = {}, more = {}) => ({
  process: { isReady: true, isOutdated: false, leaving: 0, ...process },
  utilization: 0,
  failure: null,
  ...more,
})

const facts = (more: Partial<GroupFacts>): GroupFacts => ({
  gatewayId: 'gw',
  doors: [],
  active: [node()],
  others: [],
  wanted: 1,
  hasRun: true,
  isStopping: false,
  rolloverFailure: null,
  ...more,
})

test('as many as wanted, of the newest plan: it runs', () => {
  expect(describeGroup(facts({ active: [node(), node()], wanted: 2 }))).toMatchObject({
    state: 'running',
    cause: null,
    nodes: { wanted: 2, running: 2, leaving: 0 },
  })
})

test('before all have served once it starts, later it changes', () => {
  const active = [node(), node({ isReady: false })]
  expect(describeGroup(facts({ active, wanted: 2, hasRun: false })).state).toBe('starting')
  expect(describeGroup(facts({ active, wanted: 2 })).state).toBe('changing')
})

test('those of an earlier plan count among the leaving, like those that finish', () => {
  const active = [node({ isOutdated: true, leaving: 1 }), node()]
  const others = [node({ isReady: false, leaving: 2 })]
  expect(describeGroup(facts({ active, others, wanted: 2 }))).toMatchObject({
    state: 'changing',
    nodes: { wanted: 2, running: 1, leaving: 4 },
  })
})

test('with a cause it has failed where nothing serves, and changes where something does', () => {
  const broken = node({ isReady: false }, { failure: 'It ended.' })
  expect(describeGroup(facts({ active: [broken] }))).toMatchObject({ state: 'failed', cause: 'It ended.' })
  expect(describeGroup(facts({ active: [node(), broken], wanted: 2 }))).toMatchObject({
    state: 'changing',
    cause: 'It ended.',
  })
  const old = facts({ active: [node({ isOutdated: true })], rolloverFailure: 'Not ready.' })
  expect(describeGroup(old)).toMatchObject({ state: 'changing', cause: 'Not ready.' })
})

test('one that is taken out of the plan stops, whatever else', () => {
  expect(describeGroup(facts({ isStopping: true, active: [] })).state).toBe('stopping')
})

test('doors are told once they are held or refused', () => {
  const door = { door: 'internet', port: 1, isHeld: false, error: null } as const
  const doors = [door, { ...door, door: 'vpc' as const, error: 'x'.repeat(900) }, { ...door, isHeld: true }]
  expect(describeGroup(facts({ doors })).doors).toEqual([
    { door: 'vpc', port: 1, error: 'x'.repeat(500) },
    { door: 'internet', port: 1, error: null },
  ])
})

test('utilization is the mean of those that serve', () => {
  const active = [
    node({}, { utilization: 0.8 }),
    node({}, { utilization: 0.4 }),
    node({ isReady: false }, { utilization: 0.9 }),
  ]
  expect(describeGroup(facts({ active, wanted: 3 })).utilization).toBe(0.6)
})
