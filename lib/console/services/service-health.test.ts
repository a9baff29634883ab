import { expect, test } from 'vitest'
import { serviceHealth } from './service-health.ts'
import type { SeenKey, SeenNode, ServiceSight } from './service-sights.ts'

const at = '2026-11-21T12:00:00.000Z'
const key = (state: SeenKey['state'], reason: string | null = null): SeenKey => ({
  state,
  reason,
  since: at,
  until: null,
})
const own = (state: SeenNode['state'], reason: string | null = null) => ({
  state,
  reason,
  since: at,
  checkedAt: null,
})
const node = (id: string, state: SeenNode['state'], reason: string | null = null): SeenNode => ({
  id,
  url: `http://${id}`,
  weight: 1,
  ...own(state, reason),
})
const sight = (seen: Partial<ServiceSight>): ServiceSight => ({
  keys: new Map(),
  nodes: [],
  own: null,
  discovery: null,
  ...seen,
})
const current = { state: 'current', reason: null, syncedAt: at } as const

test.each<[string, ServiceSight, SeenKey[], string, string | null]>([
  ['no traffic and no check', sight({}), [key('unknown')], 'unknown', null],
  ['a provider that answers', sight({ own: own('ready') }), [key('ready')], 'healthy', null],
  [
    'more endpoints than are used',
    sight({ discovery: { ...current, reason: 'too many' }, nodes: [node('a', 'ready')] }),
    [],
    'healthy',
    'too many',
  ],
  ['one that fails', sight({ own: own('ejected', 'why') }), [key('unknown')], 'failing', 'why'],
  ['one that is tried again', sight({ own: own('probing', 'why') }), [key('unknown')], 'failing', 'why'],
  ['one of two keys refused', sight({}), [key('ready'), key('failing', 'no')], 'degraded', 'no'],
  ['all keys out', sight({}), [key('paused', 'rest'), key('failing', 'no')], 'failing', 'rest'],
  [
    'one of two nodes tried again',
    sight({ discovery: current, nodes: [node('a', 'ready'), node('b', 'probing', 'why')] }),
    [],
    'degraded',
    'why',
  ],
  ['nothing discovered', sight({ discovery: current }), [], 'empty', 'No endpoint was found.'],
  [
    'discovery that fails',
    sight({ discovery: { state: 'failed', reason: 'gone', syncedAt: null } }),
    [],
    'failing',
    'gone',
  ],
  [
    'the last known nodes',
    sight({ discovery: { state: 'stale', reason: 'cut', syncedAt: at }, nodes: [node('a', 'ready')] }),
    [],
    'stale',
    'cut',
  ],
])('%s', (_what, seen, keys, state, reason) => {
  expect(serviceHealth(seen, keys)).toMatchObject({ state, reason })
})
