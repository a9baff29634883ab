import { expect, test } from 'vitest'
import { modelRouting } from '@/lib/domain/model-routing.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { modelApiHealth } from './model-api-health.ts'

const routing = modelRouting.parse({
  mode: 'weight',
  targets: [
    { serviceId: 'a', weight: 50 },
    { serviceId: 'b', weight: 30 },
    { serviceId: 'a', model: 'other', weight: 20 },
  ],
})

function healthWith(
  a: UpstreamService['health']['state'],
  b: UpstreamService['health']['state'],
  enabled = true,
) {
  const health = (state: typeof a) => ({ state, reason: null, checkedAt: null })
  return modelApiHealth({ routing, enabled }, [
    { id: 'a', health: health(a) },
    { id: 'b', health: health(b) },
  ])
}

test.each([
  ['healthy', 'unknown', 'serving', 0],
  ['unknown', 'unknown', 'quiet', 0],
  ['failing', 'healthy', 'partly', 1],
  ['failing', 'empty', 'down', 2],
  ['degraded', 'stale', 'serving', 0],
] as const)('%s and %s make it %s', (a, b, state, failing) => {
  expect(healthWith(a, b)).toEqual({ state, failing, total: 2 })
})

test('one that is off is disabled, however its services are', () => {
  expect(healthWith('failing', 'healthy', false)).toMatchObject({ state: 'disabled' })
})
