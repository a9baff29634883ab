import { expect, test, vi } from 'vitest'
import { GatewayError } from '@/lib/gateway/error.ts'
import { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import { testLimits } from '@/lib/gateway/testing/make-snapshot.ts'
import { createLogger } from '@/lib/platform/logger.ts'

function guardWithLog() {
  const logger = createLogger('test', 'silent')
  const warn = vi.spyOn(logger, 'warn')
  return { guard: new OverloadGuard(logger), warn }
}

function refusals(guard: OverloadGuard, requests: number, inFlight = 1): number {
  let count = 0
  for (let index = 0; index < requests; index++) {
    try {
      guard.check(inFlight, testLimits)
    } catch (error) {
      expect(error).toBeInstanceOf(GatewayError)
      expect(error).toMatchObject({ code: 'overloaded', retryAfterSeconds: 1 })
      count += 1
    }
  }
  return count
}

test('takes as many requests at a time as the limit says', () => {
  const { guard } = guardWithLog()
  expect(refusals(guard, 5, testLimits.requestsInFlightMax)).toBe(0)
  expect(refusals(guard, 5, testLimits.requestsInFlightMax + 1)).toBe(5)
  expect(guard.shed).toEqual({ requests_in_flight: 5, event_loop: 0, held_bytes: 0 })
})

test('refuses the share of requests that the delay calls for, and says so once', () => {
  const { guard, warn } = guardWithLog()
  for (let sample = 0; sample < 5; sample++) guard.sample(400)
  expect(refusals(guard, 1_000)).toBeGreaterThanOrEqual(299)
  expect(guard.shed.event_loop).toBeLessThanOrEqual(300)
  expect(warn).toHaveBeenCalledTimes(1)
  for (let sample = 0; sample < 20; sample++) guard.sample(0)
  expect(refusals(guard, 100)).toBe(0)
})

test('measures the event loop', async () => {
  const { guard } = guardWithLog()
  guard.start()
  try {
    const blockedUntil = performance.now() + 60
    while (performance.now() < blockedUntil) {}
    await vi.waitFor(() => expect(guard.delayMs).toBeGreaterThan(5))
  } finally {
    guard.stop()
  }
})

test('holds as many bytes as it may, until they are given back', () => {
  const guard = new OverloadGuard(createLogger('test', 'silent'), 100)
  guard.hold(60)
  expect(() => guard.hold(41)).toThrow('fill the memory')
  guard.hold(40)
  expect(guard.heldBytes).toBe(100)
  guard.release(100)
  guard.hold(100)
  expect(guard.shed.held_bytes).toBe(1)
})
