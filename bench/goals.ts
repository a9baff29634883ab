import { addedByConversion, type ConvertedRow } from './converted-streams.ts'
import type { Goal } from './goal.ts'
import { type IntentFigures, longPromptMsP99 } from './intents.ts'
import { streamsHeld } from './ladder.ts'
import type { ManyServices } from './many-services.ts'
import { type ModelCallRow, routingCostPercent } from './model-calls.ts'
import { type ReportRow, ratios } from './report.ts'
import type { Pause, RevisionFigures } from './revisions.ts'
import { medianSummary } from './summaries.ts'

const ours = 'Switchyard'

/** What the data plane has to reach, with what this run measured. */
export function goalsOf(
  rows: readonly ReportRow[],
  manyServices: ManyServices,
  revisions: RevisionFigures,
  intents: readonly IntentFigures[],
  modelCalls: readonly ModelCallRow[],
  convertedStreams: readonly ConvertedRow[],
): Goal[] {
  const own = rows.find(({ name }) => name === ours)
  const direct = rows.find(({ name }) => name === 'direct')
  const ratioTo = (name: string) => ratios(rows, ours).find((ratio) => ratio.name === name)?.value ?? null
  const added = (pick: (row: ReportRow) => number) =>
    own === undefined || direct === undefined ? null : pick(own) - pick(direct)
  const firstByteP99 = (row: ReportRow) => medianSummary(row.firstByte.map((round) => round.firstByteMs)).p99
  const change = manyServices.rows[1]?.changePercent ?? null
  const slower = change === null ? null : Math.max(0, -change)
  return [
    more('requests/s per core ÷ nginx', '', 0.22, 0.4, ratioTo('nginx')),
    more('requests/s per core ÷ Portkey', '', 20, 40, ratioTo('Portkey')),
    more('requests/s per core ÷ bare relay', '', 0.8, 1, ratioTo('bare relay')),
    less(
      'added latency, one at a time, p50',
      'ms',
      0.35,
      0.15,
      added((row) => row.latencyMs.p50),
    ),
    less(
      'added latency, one at a time, p99',
      'ms',
      1,
      0.4,
      added((row) => row.latencyMs.p99),
    ),
    less('added first-byte time, 64 streams, p99', 'ms', 1.5, 0.5, added(firstByteP99)),
    more('streams held at 50 chunks/s', '', 512, 2_000, own === undefined ? null : streamsHeld(own.ladder)),
    less('memory of a stream', 'KiB', 40, 20, own?.memory == null ? null : own.memory.perStreamBytes / 1024),
    less('10 → 10,000 services: fewer requests/s', '%', 5, 0, slower),
    less('revision of 10,000 services: longest pause', 'ms', 25, 5, longestPause(revisions)),
    less(
      'routing by name, weight or metrics: fewer requests/s per core',
      '%',
      5,
      1,
      routingCostPercent(modelCalls),
    ),
    less(
      'added by converting a chunk, 200 streams, p99',
      'ms',
      1,
      0.4,
      addedByConversion(convertedStreams, ours),
    ),
    less('intent of 2,000 characters, p99', 'ms', 0.5, 0.2, longPromptMsP99(intents)),
    less('soak: growth of memory (--soak 30)', '%', 3, 0, null),
  ]
}

/** Of the event loop over all revisions, without the time for which the system ran something else on its core. */
export function longestPause({ oneChanged, allChanged }: RevisionFigures): number {
  return Math.max(...[...oneChanged, ...allChanged].map(({ ownGapMsMax }: Pause) => ownGapMsMax))
}

function more(name: string, unit: string, reach: number, aim: number, measured: number | null): Goal {
  return { name, unit, reach, aim, better: 'more', measured }
}

function less(name: string, unit: string, reach: number, aim: number, measured: number | null): Goal {
  return { name, unit, reach, aim, better: 'less', measured }
}
