import type { Memory } from './contest.ts'
import type { ConvertedRow } from './converted-streams.ts'
import type { FirstByte } from './first-byte.ts'
import type { Goal } from './goal.ts'
import type { IntentFigures } from './intents.ts'
import type { Level } from './ladder.ts'
import type { ManyServices } from './many-services.ts'
import type { Summary } from './measure.ts'
import type { ModelCallRow } from './model-calls.ts'
import type { Plan } from './plan.ts'
import type { RevisionFigures } from './revisions.ts'
import type { ThroughputSummary } from './summaries.ts'

export interface Report {
  readonly startedAt: string
  readonly node: string
  readonly plan: Plan
  readonly load: string
  readonly upstream: string
  readonly pinning: string
  readonly missing: readonly { name: string; reason: string }[]
  readonly rows: readonly ReportRow[]
  readonly manyServices: ManyServices
  readonly modelCalls: readonly ModelCallRow[]
  readonly convertedStreams: readonly ConvertedRow[]
  readonly revisions: RevisionFigures
  readonly intents: readonly IntentFigures[]
  readonly goals: readonly Goal[]
}

export interface ReportRow {
  readonly name: string
  readonly throughput: ThroughputSummary
  /** One request at a time; medians of the rounds. */
  readonly latencyMs: Summary
  /** Each round. */
  readonly firstByte: readonly FirstByte[]
  /** Empty for who did not climb. */
  readonly ladder: readonly Level[]
  /** After start, before the first request. */
  readonly idleBytes: number | null
  readonly memory: Memory | null
}

export interface Ratio {
  readonly name: string
  readonly value: number
}

/** Ours divided by each other's requests per CPU-second: above 1 is better. Empty without ours. */
export function ratios(rows: readonly Pick<ReportRow, 'name' | 'throughput'>[], ours: string): Ratio[] {
  const own = rows.find((row) => row.name === ours)?.throughput.requestsPerCpuSecond ?? null
  if (own === null) return []
  return rows.flatMap(({ name, throughput }) => {
    const other = throughput.requestsPerCpuSecond
    return name === ours || other === null ? [] : [{ name, value: own / other }]
  })
}
