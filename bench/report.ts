import type { Memory, Streaming, Throughput } from './contest.ts'
import { median, type Summary } from './measure.ts'
import type { Plan } from './plan.ts'

export interface Report {
  readonly startedAt: string
  readonly node: string
  readonly plan: Plan
  readonly load: string
  readonly upstream: string
  readonly pinning: string
  readonly missing: readonly { name: string; reason: string }[]
  readonly rows: readonly ReportRow[]
}

export interface ReportRow {
  readonly name: string
  readonly throughput: ThroughputSummary
  /** One request at a time; medians of the rounds. */
  readonly latencyMs: Summary
  /** Each round. */
  readonly streaming: readonly Streaming[]
  /** After start, before the first request. */
  readonly idleBytes: number | null
  readonly memory: Memory | null
}

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

export interface Ratio {
  readonly name: string
  readonly value: number
}

/** Ours divided by each other's requests per CPU-second: above 1 is better. Empty without ours. */
export function ratios(rows: readonly ReportRow[], ours: string): Ratio[] {
  const own = rows.find((row) => row.name === ours)?.throughput.requestsPerCpuSecond ?? null
  if (own === null) return []
  return rows.flatMap(({ name, throughput }) => {
    const other = throughput.requestsPerCpuSecond
    return name === ours || other === null ? [] : [{ name, value: own / other }]
  })
}
