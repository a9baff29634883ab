import type { Throughput } from './contest.ts'
import { median, type Summary } from './measure.ts'

export interface ThroughputSummary {
  readonly requestsPerSecond: number
  readonly requestsPerCpuSecond: number | null
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of all rounds together. */
  readonly failures: number
  readonly rounds: readonly Throughput[]
}

/** Medians over the rounds. */
export function summariseRounds(rounds: readonly Throughput[]): ThroughputSummary {
  const perCpu = rounds.flatMap((round) => round.requestsPerCpuSecond ?? [])
  return {
    requestsPerSecond: median(rounds.map((round) => round.requestsPerSecond)),
    requestsPerCpuSecond: perCpu.length === 0 ? null : median(perCpu),
    p50Ms: median(rounds.map((round) => round.p50Ms)),
    p99Ms: median(rounds.map((round) => round.p99Ms)),
    failures: rounds.reduce((sum, round) => sum + round.failures, 0),
    rounds,
  }
}

/** Medians over the rounds, each percentile for itself. */
export function medianSummary(rounds: readonly Summary[]): Summary {
  return { p50: median(rounds.map(({ p50 }) => p50)), p99: median(rounds.map(({ p99 }) => p99)) }
}
