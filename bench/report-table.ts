import { printConvertedStreams } from './converted-table.ts'
import { verdictOn } from './goal.ts'
import { printIntents } from './intents.ts'
import { type Level, streamsHeld } from './ladder.ts'
import { median, type Summary } from './measure.ts'
import { fine, printTable, whole } from './print-table.ts'
import { type Report, type ReportRow, ratios } from './report.ts'
import type { Pause } from './revisions.ts'
import { medianSummary } from './summaries.ts'

const ours = 'Switchyard'
const none: Summary = { p50: Number.NaN, p99: Number.NaN }

export function printReport(report: Report): void {
  const { plan, rows } = report
  const direct = rows.find((row) => row.name === 'direct')
  console.log(`\nSmall JSON, ${plan.connections} connections, median of ${plan.throughput.rounds} rounds`)
  printTable(['', 'requests/s', 'per CPU-second', 'p50 ms', 'p99 ms', 'failed'], rows.map(throughputRow))
  console.log('\nOne request at a time, ms')
  printTable(
    ['', 'p50', 'p99', 'p50 added', 'p99 added'],
    rows.map((row) => latencyRow(row, direct)),
  )
  console.log(
    `\nNew streams while ${plan.firstByte.streams} flow at ${plan.chunksPerSecond} chunks/s each, ms`,
  )
  printTable(
    ['', 'first byte p50', 'p99', 'p50 added', 'p99 added', 'travel p50', 'p99', 'broken'],
    rows.map((row) => firstByteRow(row, direct)),
  )
  printLadder(report)
  console.log(`\nResident memory; one stream is weighed with ${plan.heldStreams} open`)
  printTable(['', 'idle MB', 'warm MB', 'open', 'one stream KiB'], rows.flatMap(memoryRow))
  printServices(report)
  printModelCalls(report)
  printConvertedStreams(plan, report.convertedStreams)
  printRevisions(report)
  printIntents(report.intents)
  printRatios(rows)
  printGoals(report)
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
  const base = direct?.latencyMs ?? none
  const { p50, p99 } = latencyMs
  return [name, fine(p50), fine(p99), fine(p50 - base.p50), fine(p99 - base.p99)]
}

function firstByteRow(row: ReportRow, direct: ReportRow | undefined): string[] {
  const of = ({ firstByte }: ReportRow) => medianSummary(firstByte.map((round) => round.firstByteMs))
  const { p50, p99 } = of(row)
  const base = direct === undefined ? none : of(direct)
  const travel = medianSummary(row.firstByte.map((round) => round.travelMs))
  const broken = row.firstByte.reduce((sum, round) => sum + round.broken, 0)
  return [
    row.name,
    fine(p50),
    fine(p99),
    fine(p50 - base.p50),
    fine(p99 - base.p99),
    fine(travel.p50),
    fine(travel.p99),
    `${broken}`,
  ]
}

function printLadder({ plan, rows }: Report): void {
  console.log(
    `\nStreams at once at ${plan.chunksPerSecond} chunks/s each, ${plan.ladder.seconds} s a level; net: without what upstream and reader were late`,
  )
  printTable(
    ['', 'streams', 'chunks/s', 'travel p50', 'p99', 'gap max', 'net', 'lost', 'held'],
    rows.flatMap(({ name, ladder }) => ladder.map((level) => levelRow(name, level))),
  )
  const held = rows.filter(({ ladder }) => ladder.length > 0)
  console.log(held.map(({ name, ladder }) => `${name} ${whole(streamsHeld(ladder))}`).join(' · '))
}

function levelRow(name: string, level: Level): string[] {
  return [
    name,
    whole(level.streams),
    whole(level.chunksPerSecond),
    fine(level.travelMs.p50),
    fine(level.travelMs.p99),
    fine(level.gapMsMax),
    fine(level.netGapMsMax),
    whole(level.lost),
    level.failure === null ? 'yes' : `no: ${level.failure}`,
  ]
}

function memoryRow({ name, idleBytes, memory }: ReportRow): string[][] {
  if (memory === null) return []
  const megabytes = (bytes: number | null) => (bytes === null ? '–' : fine(bytes / 2 ** 20))
  return [
    [
      name,
      megabytes(idleBytes),
      megabytes(memory.loadedBytes),
      whole(memory.streams),
      fine(memory.perStreamBytes / 1024),
    ],
  ]
}

function printServices({ manyServices }: Report): void {
  console.log('\nServices of a node, and how many of them are called in turn')
  printTable(
    ['', 'services', 'called', 'requests/s', 'per CPU-second', 'p99 ms', 'failed', 'change %'],
    manyServices.rows.map(({ name, services, called, throughput, changePercent }) => [
      name,
      whole(services),
      whole(called),
      whole(throughput.requestsPerSecond),
      whole(throughput.requestsPerCpuSecond),
      fine(throughput.p99Ms),
      `${throughput.failures}`,
      fine(changePercent),
    ]),
  )
}

function printModelCalls({ modelCalls }: Report): void {
  console.log('\nCalls to Model APIs, against one to an inference service of the same node')
  printTable(
    ['', 'requests/s', 'per CPU-second', 'p99 ms', 'failed', 'ratio'],
    modelCalls.map(({ name, throughput, ratio }) => [
      name,
      whole(throughput.requestsPerSecond),
      whole(throughput.requestsPerCpuSecond),
      fine(throughput.p99Ms),
      `${throughput.failures}`,
      fine(ratio),
    ]),
  )
}

function printRevisions({ plan, revisions }: Report): void {
  const { services, quiet, oneChanged, allChanged } = revisions
  console.log(
    `\nRevisions of ${whole(services)} services at ${plan.revisions.requestsPerSecond} requests/s; the longest of all, ms`,
  )
  const row = (name: string, pauses: readonly Pause[]) => {
    const longest = (pick: (pause: Pause) => number) => fine(Math.max(...pauses.map(pick)))
    return [
      name,
      longest((pause) => pause.loopGapMsMax),
      longest((pause) => pause.ownGapMsMax),
      longest((pause) => pause.turnCpuMsMax),
      longest((pause) => pause.collectionMsMax),
      longest((pause) => pause.longestRequestMs),
      fine(median(pauses.map((pause) => pause.requestMsP99))),
      whole(median(pauses.map((pause) => pause.appliedMs))),
      `${pauses.reduce((sum, pause) => sum + pause.failures, 0)}`,
    ]
  }
  printTable(
    ['', 'loop stood', 'without others', 'its CPU', 'collector', 'request', 'p99', 'applied', 'failed'],
    [row('none', [quiet]), row('one changed', oneChanged), row('all changed', allChanged)],
  )
}

function printRatios(rows: readonly ReportRow[]): void {
  const list = ratios(rows, ours)
  if (list.length === 0) return
  console.log(`\n${ours}'s requests per CPU-second, divided by`)
  for (const { name, value } of list) console.log(`  ${name.padEnd(12)} ${value.toFixed(2)}`)
}

function printGoals({ goals }: Report): void {
  console.log('')
  printTable(
    ['Goal', 'reach', 'aim', 'measured', ''],
    goals.map((goal) => {
      const sign = goal.better === 'more' ? '≥' : '≤'
      const measured = goal.measured === null ? '–' : `${fine(goal.measured)} ${goal.unit}`.trim()
      return [goal.name, `${sign} ${goal.reach}`, `${sign} ${goal.aim}`, measured, verdictOn(goal)]
    }),
  )
}
