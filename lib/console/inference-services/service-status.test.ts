import { expect, test } from 'vitest'
import { type InstanceSight, type StatusFacts, serviceStatus } from './service-status.ts'

const changed = new Date('2026-01-01T00:00:00Z')
const later = new Date('2026-01-01T01:00:00Z')
const ready: InstanceSight = { url: 'http://a:1', weight: 1, state: 'ready', reason: null, since: later }
const unready: InstanceSight = {
  url: 'http://b:1',
  weight: 1,
  state: 'unready',
  reason: 'Connection refused',
  since: later,
}
const unknown: InstanceSight = { url: 'http://c:1', weight: 1, state: 'unknown', reason: null, since: null }

function facts(change: Partial<StatusFacts> = {}): StatusFacts {
  return {
    running: true,
    version: 2,
    updatedAt: changed,
    checked: true,
    instances: [ready],
    revision: 7,
    nodeRevisions: [7],
    refusedReason: null,
    ...change,
  }
}

test('a change counts once every live node serves it', () => {
  expect(serviceStatus(facts({ nodeRevisions: [9, 6] }))).toMatchObject({
    state: 'updating',
    step: 'Publishing to nodes',
  })
  expect(serviceStatus(facts({ nodeRevisions: [null], version: 1 })).state).toBe('creating')
  expect(serviceStatus(facts({ nodeRevisions: [9, 7] }))).toMatchObject({ state: 'running', step: null })
})

test('a change of another service on the gateway leaves this one running', () => {
  expect(serviceStatus(facts({ revision: 3, nodeRevisions: [6] })).state).toBe('running')
})

test('a node that refuses the revision gives its reason', () => {
  expect(serviceStatus(facts({ nodeRevisions: [6], refusedReason: 'Bad address' })).cause).toBe('Bad address')
})

test('no ready instance is a failure that names the first address', () => {
  expect(serviceStatus(facts({ instances: [unready] }))).toEqual({
    state: 'failed',
    cause: 'http://b:1: Connection refused',
    step: null,
    since: later.toISOString(),
  })
})

test('one unready instance among ready ones degrades it', () => {
  expect(serviceStatus(facts({ instances: [ready, unready] })).state).toBe('degraded')
})

test.each(['ejected', 'paused', 'probing'] as const)('an %s instance is out of traffic', (state) => {
  const out = { ...unready, state, reason: '5 of 10 answers failed' }
  for (const change of [{}, { checked: false }]) {
    const seen = serviceStatus(facts({ ...change, instances: [ready, out] }))
    expect(seen.state).toBe('degraded')
    expect(seen.cause).toMatch(/^http:\/\/b:1 .+: 5 of 10 answers failed$/)
  }
  expect(serviceStatus(facts({ instances: [out, out] })).state).toBe('degraded')
  expect(serviceStatus(facts({ instances: [out, unready] })).cause).toBe('http://b:1: Connection refused')
})

test('what checks saw before they were switched off does not count', () => {
  expect(serviceStatus(facts({ checked: false, instances: [unready] })).state).toBe('running')
})

test('an instance of weight 0 does not count', () => {
  expect(serviceStatus(facts({ instances: [ready, { ...unready, weight: 0 }] })).state).toBe('running')
  expect(serviceStatus(facts({ instances: [{ ...ready, weight: 0 }] })).state).toBe('failed')
})

test('it waits for the first check, unless checks are off', () => {
  expect(serviceStatus(facts({ instances: [unknown], version: 1 })).state).toBe('creating')
  expect(serviceStatus(facts({ instances: [unknown], checked: false })).state).toBe('running')
  expect(serviceStatus(facts({ instances: [ready, unknown] })).state).toBe('running')
})

test('stopping becomes stopped with the nodes, and at once where none runs', () => {
  expect(serviceStatus(facts({ running: false, nodeRevisions: [6] })).state).toBe('stopping')
  expect(serviceStatus(facts({ running: false })).state).toBe('stopped')
  expect(serviceStatus(facts({ running: false, nodeRevisions: [] })).state).toBe('stopped')
})

test('a running service without a node has failed', () => {
  expect(serviceStatus(facts({ nodeRevisions: [] }))).toMatchObject({
    state: 'failed',
    cause: 'No node of the gateway is running.',
  })
})
