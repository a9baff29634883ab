import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { residentOf } from './contest.ts'
import { undiciLoad } from './load.ts'
import { median, percentile, usageOf } from './measure.ts'
import { PacedLoad } from './paced-load.ts'
import { type SwitchyardNode, startSwitchyard } from './peers/switchyard.ts'
import { startUpstreams } from './peers/upstreams.ts'
import { fine, whole } from './print-table.ts'
import { writeReport } from './report-file.ts'
import { LeavingClients } from './soak-clients.ts'
import { startRun } from './start-run.ts'
import { createWrkLoad } from './wrk.ts'

export interface SoakMinute {
  readonly minute: number
  /** Median of the minute's readings. */
  readonly residentBytes: number
  readonly requestsPerSecond: number
  readonly requestMsP99: number
  readonly failures: number
  readonly streamEvents: number
  readonly streamsBroken: number
  readonly revision: number
  /** Of one core. */
  readonly cpuShare: number
}

const services = 1_000
const connections = 32
const streams = 100
const chunksPerSecond = 50
const targetShare = 0.7
const revisionEveryMs = 10_000
const changedPerRevision = 20
/** Minutes that memory may take to find its level. */
const settlingMinutes = 5

/** Hours of ordinary work in one go: requests, streams, callers who leave and revisions, at 70 % of what the node can. */
export async function runSoak(root: string, minutes: number): Promise<void> {
  const folder = startRun(minutes * 60 + 120)
  const startedAt = new Date().toISOString()
  const upstreams = await startUpstreams(folder)
  const node = await startSwitchyard(upstreams, join(folder, 'soak'), { services, probe: false })
  const load = createWrkLoad(folder) ?? undiciLoad
  await load.run(node.json, connections, 2)
  const capacity = (await load.run(node.json, connections, 6)).requestsPerSecond
  const clients = new LeavingClients(node, { streams, chunksPerSecond })
  await clients.start()
  const streamShare = await cpuShareOf(node, 5_000)
  const rate = capacity * Math.max(0.1, targetShare - streamShare)
  console.log(
    `Capacity ${whole(capacity)} requests/s; ${streams} streams take ${whole(streamShare * 100)} % of a core; soaking at ${whole(rate)} requests/s for ${minutes} min`,
  )
  const paced = new PacedLoad(node.json)
  await paced.start(rate, connections)
  const revisions = new RevisionClock(node)
  const curve: SoakMinute[] = []
  for (let minute = 1; minute <= minutes; minute++) {
    curve.push(await soakMinute(minute, node, paced, clients, revisions))
    printMinute(curve)
  }
  revisions.stop()
  const growthPercent = growthOf(curve)
  console.log(`Growth of resident memory after the first ${settlingMinutes} min: ${fine(growthPercent)} %`)
  const report = {
    startedAt,
    node: process.version,
    minutes,
    capacity,
    rate,
    streamShare,
    growthPercent,
    curve,
  }
  console.log(`Written to ${writeReport(root, 'soak', report)}`)
  process.exit(0)
}

/** From the minute after the settling to the last one, in percent. */
export function growthOf(curve: readonly Pick<SoakMinute, 'residentBytes'>[]): number {
  const settled = curve[Math.min(settlingMinutes, Math.floor(curve.length / 2))]
  const last = curve.at(-1)
  if (settled === undefined || last === undefined) return Number.NaN
  return (last.residentBytes / settled.residentBytes - 1) * 100
}

async function soakMinute(
  minute: number,
  node: SwitchyardNode,
  paced: PacedLoad,
  clients: LeavingClients,
  revisions: RevisionClock,
): Promise<SoakMinute> {
  paced.reset()
  clients.reset()
  const cpu = cpuSecondsOf(node)
  const start = performance.now()
  const readings: number[] = []
  while (performance.now() - start < 60_000) {
    readings.push(residentOf(node) ?? Number.NaN)
    await pause(1_000)
  }
  const seconds = (performance.now() - start) / 1000
  const { durationsMs, failures } = paced.figures
  return {
    minute,
    residentBytes: median(readings),
    requestsPerSecond: durationsMs.length / seconds,
    requestMsP99: percentile(durationsMs, 0.99),
    failures,
    streamEvents: clients.events,
    streamsBroken: clients.broken,
    revision: revisions.revision,
    cpuShare: (cpuSecondsOf(node) - cpu) / seconds,
  }
}

function printMinute(curve: readonly SoakMinute[]): void {
  const last = curve.at(-1)
  if (last === undefined) return
  const line = (cells: readonly string[]) => console.log(cells.map((cell) => cell.padStart(10)).join('  '))
  if (curve.length === 1) {
    line(['minute', 'MB', 'requests/s', 'p99 ms', 'failed', 'events', 'broken', 'revision', 'CPU %'])
  }
  line([
    whole(last.minute),
    fine(last.residentBytes / 2 ** 20),
    whole(last.requestsPerSecond),
    fine(last.requestMsP99),
    `${last.failures}`,
    whole(last.streamEvents),
    `${last.streamsBroken}`,
    `${last.revision}`,
    whole(last.cpuShare * 100),
  ])
}

async function cpuShareOf(node: SwitchyardNode, ms: number): Promise<number> {
  const before = cpuSecondsOf(node)
  await pause(ms)
  return (cpuSecondsOf(node) - before) / (ms / 1000)
}

function cpuSecondsOf({ pid }: SwitchyardNode): number {
  return pid === null ? 0 : (usageOf(pid)?.cpuSeconds ?? 0)
}

/** Publishes a revision every ten seconds; each changes a few services. */
class RevisionClock {
  readonly #timer: NodeJS.Timeout
  revision = 1

  constructor(node: SwitchyardNode) {
    this.#timer = setInterval(() => {
      this.revision += 1
      const first = 1 + ((this.revision * changedPerRevision) % services)
      const lines = node.lines.map((line, index) => {
        if (index === 0) return line.replace(/"revision":\d+/, `"revision":${this.revision}`)
        if (index < first || index >= first + changedPerRevision) return line
        return line.replace('"requestTimeoutMs":60000', `"requestTimeoutMs":${60_000 + this.revision}`)
      })
      void node.console.publish(lines)
    }, revisionEveryMs)
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
