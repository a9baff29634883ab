import { describe, expect, test } from 'vitest'
import { chooseByMetrics } from './choose-by-metrics.ts'
import { TargetMetrics } from './target-metrics.ts'

/** Sends `calls` one after the other; `answer` says what each target does. */
function run(
  metrics: TargetMetrics,
  calls: number,
  maxShare: number,
  answer: (index: number) => number | 'fails',
  at = 0,
): number[] {
  const counts = new Array<number>(metrics.size).fill(0)
  for (let call = 0; call < calls; call += 1) {
    const index = chooseByMetrics(metrics, 'least-total-latency', maxShare, at)
    counts[index] = (counts[index] ?? 0) + 1
    metrics.began(index)
    const ms = answer(index)
    if (ms === 'fails') metrics.failed(index, 1, at)
    else metrics.answered(index, null, ms, at)
    metrics.ended(index)
  }
  return counts
}

describe('by metrics', () => {
  test('the quickest gets its largest share, and the others the rest', () => {
    const metrics = new TargetMetrics(2, 100)
    const [quick = 0, slow = 0] = run(metrics, 1000, 0.8, (index) => (index === 0 ? 10 : 200))
    expect(quick + slow).toBe(1000)
    expect(quick).toBeGreaterThanOrEqual(780)
    expect(slow).toBeGreaterThanOrEqual(180)
  })

  test('one that was not tried is, and without a largest share the quickest gets all else', () => {
    const metrics = new TargetMetrics(3, 50)
    const counts = run(metrics, 500, 1, (index) => [30, 10, 20][index] ?? 0)
    expect(counts[0]).toBe(1)
    expect(counts[2]).toBe(1)
  })

  test('one that fails fast is avoided, and gets another chance when its failures are old', () => {
    const metrics = new TargetMetrics(2, 100)
    const failing = run(metrics, 100, 1, (index) => (index === 0 ? 'fails' : 50))
    expect(failing[0]).toBeLessThanOrEqual(2)
    const later = run(metrics, 100, 1, (index) => (index === 0 ? 5 : 50), 300_001)
    expect(later[0]).toBeGreaterThan(90)
  })

  test('least busy counts what is in flight', () => {
    const metrics = new TargetMetrics(2, 100)
    metrics.began(0)
    metrics.began(0)
    metrics.began(1)
    for (let time = 0; time < 20; time += 1) expect(chooseByMetrics(metrics, 'least-busy', 1, 0)).toBe(1)
    metrics.ended(0)
    metrics.ended(0)
    for (let time = 0; time < 20; time += 1) expect(chooseByMetrics(metrics, 'least-busy', 1, 0)).toBe(0)
  })

  test('first tokens are told apart from whole times', () => {
    const metrics = new TargetMetrics(2, 10)
    metrics.answered(0, 10, 900, 0)
    metrics.answered(1, 100, 200, 0)
    expect(chooseByMetrics(metrics, 'least-first-token-latency', 1, 0)).toBe(0)
    expect(chooseByMetrics(metrics, 'least-total-latency', 1, 0)).toBe(1)
  })
})
