import { median } from './measure.ts'
import { type Report, type ReportRow, ratios } from './report.ts'

const ours = 'Switchyard'

export function printReport(report: Report): void {
  const { plan, rows } = report
  const direct = rows.find((row) => row.name === 'direct')
  const { streams, chunksPerSecond } = plan.streaming
  console.log(`\nSmall JSON, ${plan.connections} connections, median of ${plan.throughput.rounds} rounds`)
  print(['', 'requests/s', 'per CPU-second', 'p50 ms', 'p99 ms', 'failed'], rows.map(throughputRow))
  console.log('\nOne request at a time, ms')
  print(
    ['', 'p50', 'p99', 'p50 added', 'p99 added'],
    rows.map((row) => latencyRow(row, direct)),
  )
  console.log(`\n${streams} streams of ${chunksPerSecond} chunks a second each, ms`)
  print(
    [
      '',
      'first byte p50',
      'p99',
      'added p50',
      'travel p50',
      'p99',
      'gap p99',
      'chunks/s',
      'per CPU-s',
      'broken',
    ],
    rows.map((row) => streamingRow(row, direct)),
  )
  console.log(`\nResident memory; one stream is weighed with ${plan.heldStreams} open`)
  print(['', 'idle MB', 'after load MB', 'one stream KB'], rows.flatMap(memoryRow))
  printRatios(rows)
}

function throughputRow({ name, throughput }: ReportRow): string[] {
  const { requestsPerSecond, requestsPerCpuSecond, p50Ms, p99Ms, failures } = throughput
  return [
    name,
    whole(requestsPerSecond),
    whole(requestsPerCpuSecond),
    fine(p50Ms),
    fine(p99Ms),
    `${failures}`,
  ]
}

function latencyRow({ name, latencyMs }: ReportRow, direct: ReportRow | undefined): string[] {
  const base = direct?.latencyMs ?? { p50: Number.NaN, p99: Number.NaN }
  return [
    name,
    fine(latencyMs.p50),
    fine(latencyMs.p99),
    fine(latencyMs.p50 - base.p50),
    fine(latencyMs.p99 - base.p99),
  ]
}

function streamingRow({ name, streaming }: ReportRow, direct: ReportRow | undefined): string[] {
  const of = (pick: (round: ReportRow['streaming'][number]) => number) => median(streaming.map(pick))
  const base = median((direct?.streaming ?? []).map((round) => round.firstByteMs.p50))
  return [
    name,
    fine(of((round) => round.firstByteMs.p50)),
    fine(of((round) => round.firstByteMs.p99)),
    fine(of((round) => round.firstByteMs.p50) - base),
    fine(of((round) => round.travelMs.p50)),
    fine(of((round) => round.travelMs.p99)),
    fine(of((round) => round.gapMs.p99)),
    whole(of((round) => round.chunksPerSecond)),
    whole(of((round) => round.chunksPerCpuSecond ?? Number.NaN)),
    `${streaming.reduce((sum, round) => sum + round.broken, 0)}`,
  ]
}

function memoryRow({ name, idleBytes, memory }: ReportRow): string[][] {
  if (memory === null) return []
  const megabytes = (bytes: number | null) => (bytes === null ? '–' : fine(bytes / 2 ** 20))
  return [[name, megabytes(idleBytes), megabytes(memory.loadedBytes), fine(memory.perStreamBytes / 1024)]]
}

function printRatios(rows: readonly ReportRow[]): void {
  const list = ratios(rows, ours)
  if (list.length === 0) return
  console.log(`\n${ours}'s requests per CPU-second, divided by`)
  for (const { name, value } of list) console.log(`  ${name.padEnd(12)} ${value.toFixed(2)}`)
}

function print(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    console.log(cells.join('  '))
  }
}

function whole(value: number | null): string {
  return value === null || Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en-US')
}

function fine(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(value < 10 ? 2 : 1)
}
