import type { Overview } from '@/lib/domain/overview.ts'
import { addSums, noTraffic, type TrafficSums } from '@/lib/persistence/rollup-store.ts'

/** Four series over the hours given. A rate or a mean of no requests is null, not zero. */
export function overviewNumbers(hours: readonly TrafficSums[]): Overview['numbers'] {
  const total = hours.reduce(addSums, noTraffic)
  const series = (measure: (sums: TrafficSums) => number | null) => ({
    total: measure(total),
    points: hours.map(measure),
  })
  return {
    requests: series((sums) => sums.requests),
    successRate: series(({ requests, serverErrors }) => share(requests - serverErrors, requests)),
    averageMs: series(({ requests, durationMsSum }) => share(durationMsSum, requests)),
    tokens: series((sums) => sums.inputTokens + sums.outputTokens),
  }
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
