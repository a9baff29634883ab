import type { ConvertedRow } from './converted-streams.ts'
import type { Plan } from './plan.ts'
import { fine, printTable, whole } from './print-table.ts'

const nothing = { p50: Number.NaN, p99: Number.NaN }

export function printConvertedStreams(plan: Plan, rows: readonly ConvertedRow[]): void {
  const { streams, chunksPerSecond } = plan.convertedStreams
  console.log(
    `\n${streams} streams at ${chunksPerSecond} chunks/s each, caller ← service; travel of a chunk in ms`,
  )
  const direct = rows.find(({ name }) => name === 'direct')?.travelMs ?? nothing
  printTable(
    ['', '', 'travel p50', 'p99', 'p50 added', 'p99 added', 'chunks per CPU-second', 'came %', 'broken'],
    rows.map(({ name, way, travelMs, chunksPerCpuSecond, kept, broken }) => [
      name,
      way,
      fine(travelMs.p50),
      fine(travelMs.p99),
      fine(travelMs.p50 - direct.p50),
      fine(travelMs.p99 - direct.p99),
      whole(chunksPerCpuSecond),
      fine(100 * kept),
      `${broken}`,
    ]),
  )
}
