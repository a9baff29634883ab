import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkAnswers } from './check-answer.ts'
import {
  type Contestant,
  residentOf,
  runLatency,
  runStreaming,
  runThroughput,
  takeTurns,
  weighStreams,
} from './contest.ts'
import { type Load, undiciLoad } from './load.ts'
import { median } from './measure.ts'
import { bareRelay } from './peers/bare-relay.ts'
import { direct } from './peers/direct.ts'
import { nginx } from './peers/nginx.ts'
import type { Peer } from './peers/peer.ts'
import { portkey } from './peers/portkey.ts'
import { switchyard } from './peers/switchyard.ts'
import { startUpstreams } from './peers/upstreams.ts'
import { fullPlan, type Plan, quickPlan } from './plan.ts'
import { killChildren, pinning, pinSelf } from './processes.ts'
import { type Report, summariseRounds } from './report.ts'
import { writeReport } from './report-file.ts'
import { printReport } from './report-table.ts'
import { createWrkLoad } from './wrk.ts'

const peers: readonly Peer[] = [direct, nginx, bareRelay, portkey, switchyard]

/** The whole benchmark: everything that it starts, it ends, whichever way it ends itself. */
export async function runBenchmark(root: string, quick: boolean): Promise<void> {
  const plan = quick ? quickPlan : fullPlan
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-bench-'))
  endEverythingOnExit(folder, plan)
  pinSelf()
  const load = createWrkLoad(folder) ?? undiciLoad
  const report = await measureAll(plan, load, folder)
  printReport(report)
  console.log(`\nWritten to ${writeReport(root, report)}`)
  process.exit(0)
}

function endEverythingOnExit(folder: string, plan: Plan): void {
  process.once('exit', () => {
    killChildren()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
  const fail = (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
  process.once('uncaughtException', fail).once('unhandledRejection', fail)
  setTimeout(() => fail(`Not finished after ${plan.deadlineSeconds} s.`), plan.deadlineSeconds * 1000).unref()
}

async function measureAll(plan: Plan, load: Load, folder: string): Promise<Report> {
  const upstreams = await startUpstreams(folder)
  console.log(`Load: ${load.name} · upstream: ${upstreams.description} · pinning: ${pinning()}`)
  const { contestants, missing } = await startPeers(upstreams, folder)
  const idle = new Map(contestants.map((contestant) => [contestant.name, residentOf(contestant)]))
  await step('warm-up', () =>
    takeTurns(contestants, 1, (each) => load.run(each.json, plan.connections, plan.warmUpSeconds)),
  )
  const throughput = await step('throughput', () =>
    takeTurns(contestants, plan.throughput.rounds, (each) => runThroughput(each, load, plan)),
  )
  const latency = await step('latency', () =>
    takeTurns(contestants, plan.latency.rounds, (each) => runLatency(each, plan)),
  )
  const streaming = await step('streaming', () =>
    takeTurns(contestants, plan.streaming.rounds, (each) => runStreaming(each, plan)),
  )
  const memory = await step('memory', () => takeTurns(contestants, 1, (each) => weighStreams(each, plan)))
  return {
    startedAt: new Date().toISOString(),
    node: process.version,
    plan,
    load: load.name,
    upstream: upstreams.description,
    pinning: pinning(),
    missing,
    rows: contestants.map(({ name }) => ({
      name,
      throughput: summariseRounds(throughput.get(name) ?? []),
      latencyMs: {
        p50: median((latency.get(name) ?? []).map((round) => round.p50)),
        p99: median((latency.get(name) ?? []).map((round) => round.p99)),
      },
      streaming: streaming.get(name) ?? [],
      idleBytes: idle.get(name) ?? null,
      memory: memory.get(name)?.[0] ?? null,
    })),
  }
}

async function startPeers(upstreams: Parameters<Peer['start']>[0], folder: string) {
  const contestants: Contestant[] = []
  const missing: { name: string; reason: string }[] = []
  for (const peer of peers) {
    const started = await peer.start(upstreams, folder)
    if ('missing' in started) {
      missing.push({ name: peer.name, reason: started.missing })
      console.log(`${peer.name} skipped: ${started.missing}`)
      continue
    }
    await checkAnswers(peer.name, started)
    contestants.push({ name: peer.name, ...started })
  }
  return { contestants, missing }
}

async function step<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
  const start = performance.now()
  const result = await run()
  console.log(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return result
}
