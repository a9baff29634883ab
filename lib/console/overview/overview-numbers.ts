import type { Overview } from '@/lib/domain/overview.ts'
import type { TrafficSums } from '@/lib/persistence/rollup-store.ts'

/** Four series over the hours given. A rate or a mean of no requests is null, not zero. */
export function overviewNumbers(hours: readonly TrafficSums[]): Overview['numbers'] {
  const total = hours.reduce(add, none)
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

const none: TrafficSums = {
  requests: 0,
  clientErrors: 0,
  serverErrors: 0,
  durationMsSum: 0,
  firstByteMsSum: 0,
  inputTokens: 0,
  outputTokens: 0,
}

function add(left: TrafficSums, right: TrafficSums): TrafficSums {
  return {
    requests: left.requests + right.requests,
    clientErrors: left.clientErrors + right.clientErrors,
    serverErrors: left.serverErrors + right.serverErrors,
    durationMsSum: left.durationMsSum + right.durationMsSum,
    firstByteMsSum: left.firstByteMsSum + right.firstByteMsSum,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
  }
}
