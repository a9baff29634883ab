import { expect, test } from 'vitest'
import { healthCheckInput, instanceHealthState } from '@/lib/domain/inference-service.ts'
import { readyInstances } from './ready-instances.ts'

const instances = instanceHealthState.options.map((state) => ({
  id: `ins_${state}`,
  url: `http://${state}:8000`,
  weight: 1,
  health: { state, reason: null, since: null, until: null, checkedAt: null },
}))

test('with checks, only what a check found ready counts', () => {
  expect(readyInstances({ instances, healthCheck: healthCheckInput.parse({}) })).toBe(1)
})

test('without checks, everything counts that traffic did not take out', () => {
  // Unknown, ready, and unready from before the checks were switched off.
  expect(readyInstances({ instances, healthCheck: null })).toBe(3)
})
