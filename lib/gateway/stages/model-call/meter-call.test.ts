import { describe, expect, test } from 'vitest'
import { GatewayError } from '@/lib/gateway/error.ts'
import type { RouteChoice } from '@/lib/gateway/runtime/routing/model-router.ts'
import { TargetMetrics } from '@/lib/gateway/runtime/routing/target-metrics.ts'
import type { Calling } from './calling.ts'
import { meterCall } from './meter-call.ts'
import { TargetDeclined } from './target-declined.ts'

/** What a call told the metrics of its target: nothing, a time, or a time twice as long as it was. */
async function told(outcome: number | Error, gone = false) {
  const metrics = new TargetMetrics(2, 10)
  metrics.answered(1, null, 1e6, performance.now())
  const calling = {
    operation: { published: { router: { metrics } } },
    observation: { status: typeof outcome === 'number' ? outcome : 0, exchange: { gone } },
    notes: { firstTokenMs: null },
  } as unknown as Calling
  const call = () => (typeof outcome === 'number' ? Promise.resolve() : Promise.reject(outcome))
  const metered = meterCall(calling, { metered: 0 } as RouteChoice, call)
  expect(metrics.measure(0, 'least-busy', 0)).toBe(1)
  if (typeof outcome === 'number') await metered
  else await expect(metered).rejects.toBe(outcome)
  expect(metrics.measure(0, 'least-busy', 0)).toBe(0)
  const ms = metrics.measure(0, 'least-total-latency', performance.now())
  return ms === 0 ? 'nothing' : ms >= 1e6 ? 'failed' : 'answered'
}

describe('A metered call', () => {
  test.each([
    [200, 'answered'],
    [400, 'nothing'],
    [404, 'nothing'],
    [499, 'nothing'],
    [429, 'failed'],
    [500, 'failed'],
    [502, 'failed'],
  ])('that is answered with %i tells: %s', async (status, expected) => {
    expect(await told(status)).toBe(expected)
  })

  test.each([
    [new TargetDeclined(503), 'failed'],
    [new TargetDeclined(400), 'nothing'],
    [new GatewayError('upstream_unreachable', ''), 'failed'],
    [new GatewayError('first_packet_timed_out', ''), 'failed'],
    [new GatewayError('no_ready_instance', ''), 'failed'],
    [new GatewayError('invalid_request', ''), 'nothing'],
    [new GatewayError('overloaded', ''), 'nothing'],
    [new Error('a defect'), 'nothing'],
  ])('that ends in %s tells: %s', async (error, expected) => {
    expect(await told(error)).toBe(expected)
  })

  test('whose caller has left tells nothing', async () => {
    expect(await told(new GatewayError('upstream_bad_answer', ''), true)).toBe('nothing')
  })
})
