import { join } from 'node:path'
import { checkAnswers } from './check-answer.ts'
import {
  type Contestant,
  residentOf,
  runLatency,
  runThroughput,
  type Throughput,
  takeTurns,
  weighStreams,
} from './contest.ts'
import { startConvertedSides } from './converted-sides.ts'
import { type ConvertedRow, measureConvertedStreams } from './converted-streams.ts'
import { runFirstByte } from './first-byte.ts'
import { goalsOf } from './goals.ts'
import { measureIntents } from './intents.ts'
import { climbLadder } from './ladder.ts'
import { type Load, undiciLoad } from './load.ts'
import { compareServices, type ManyServices } from './many-services.ts'
import { compareModelCalls, type ModelCallRow } from './model-calls.ts'
import { bareRelay } from './peers/bare-relay.ts'
import { direct } from './peers/direct.ts'
import { nginx } from './peers/nginx.ts'
import type { Peer, Upstreams } from './peers/peer.ts'
import { portkey } from './peers/portkey.ts'
import { startSwitchyard, switchyard } from './peers/switchyard.ts'
import { startUpstreams } from './peers/upstreams.ts'
import { fullPlan, type Plan, quickPlan } from './plan.ts'
import { pinning } from './processes.ts'
import type { Report, ReportRow } from './report.ts'
import { writeReport } from './report-file.ts'
import { printReport } from './report-table.ts'
import { measureRevisions, type RevisionFigures } from './revisions.ts'
import { startRun } from './start-run.ts'
import { medianSummary, summariseRounds } from './summaries.ts'
import { createWrkLoad } from './wrk.ts'

const peers: readonly Peer[] = [direct, nginx, bareRelay, portkey, switchyard]

/** The whole benchmark: everything that it starts, it ends, whichever way it ends itself. */
export async function runBenchmark(root: string, quick: boolean): Promise<void> {
  const plan = quick ? quickPlan : fullPlan
  const folder = startRun(plan.deadlineSeconds)
  const load = createWrkLoad(folder) ?? undiciLoad
  const report = await measureAll(root, plan, load, folder)
  printReport(report)
  console.log(`\nWritten to ${writeReport(root, 'bench', report)}`)
  process.exit(0)
}

async function measureAll(root: string, plan: Plan, load: Load, folder: string): Promise<Report> {
  const startedAt = new Date().toISOString()
  const intents = await step('intents', async () => measureIntents(root, plan.latency.rounds))
  const upstreams = await startUpstreams(folder)
  console.log(`Load: ${load.name} · upstream: ${upstreams.description} · pinning: ${pinning()}`)
  const { contestants, missing } = await startPeers(upstreams, folder)
  const rows = await measureContestants(contestants, plan, load)
  const { manyServices, modelCalls, convertedStreams, revisions } = await measureMany(
    contestants,
    upstreams,
    plan,
    load,
    folder,
  )
  return {
    startedAt,
    node: process.version,
    plan,
    load: load.name,
    upstream: upstreams.description,
    pinning: pinning(),
    missing,
    rows,
    manyServices,
    modelCalls,
    convertedStreams,
    revisions,
    intents,
    goals: goalsOf(rows, manyServices, revisions, intents, modelCalls, convertedStreams),
  }
}

async function measureContestants(
  contestants: readonly Contestant[],
  plan: Plan,
  load: Load,
): Promise<ReportRow[]> {
  const { connections } = plan
  const idle = new Map(contestants.map((contestant) => [contestant.name, residentOf(contestant)]))
  const loadFor = (seconds: number) => (each: Contestant) =>
    runThroughput(each, load, { connections, seconds })
  await step('warm-up', () => takeTurns(contestants, 1, loadFor(plan.warmUpSeconds)))
  const memory = await step('memory', () => takeTurns(contestants, 1, (each) => weighStreams(each, plan)))
  const throughput = await step('throughput', () =>
    takeTurns<Contestant, Throughput>(contestants, plan.throughput.rounds, loadFor(plan.throughput.seconds)),
  )
  const latency = await step('latency', () =>
    takeTurns(contestants, plan.latency.rounds, (each) => runLatency(each, plan)),
  )
  const firstByte = await step('first byte', () =>
    takeTurns(contestants, plan.firstByte.rounds, (each) => runFirstByte(each, plan)),
  )
  const climbers = contestants.filter(({ name }) => plan.ladder.contestants?.includes(name) ?? true)
  const ladder = await step('streams', () => takeTurns(climbers, 1, (each) => climbLadder(each, plan)))
  return contestants.map(({ name }) => ({
    name,
    throughput: summariseRounds(throughput.get(name) ?? []),
    latencyMs: medianSummary(latency.get(name) ?? []),
    firstByte: firstByte.get(name) ?? [],
    ladder: ladder.get(name)?.[0] ?? [],
    idleBytes: idle.get(name) ?? null,
    memory: memory.get(name)?.[0] ?? null,
  }))
}

/** Nodes with many services start last, so that they disturb no other part. */
async function measureMany(
  contestants: readonly Contestant[],
  upstreams: Upstreams,
  plan: Plan,
  load: Load,
  folder: string,
): Promise<{
  manyServices: ManyServices
  modelCalls: ModelCallRow[]
  convertedStreams: ConvertedRow[]
  revisions: RevisionFigures
}> {
  const few = contestants.find(({ name }) => name === switchyard.name)
  if (few === undefined) throw new Error('Switchyard did not start.')
  const start = (name: string, probe: boolean) =>
    startSwitchyard(upstreams, join(folder, name), { services: plan.services.many, probe })
  const many = await start('many', false)
  const manyServices = await step('many services', () => compareServices(few, many, load, plan))
  const plain = contestants.find(({ name }) => name === direct.name) ?? null
  const modelCalls = await step('model calls', () => compareModelCalls(plain, many, load, plan))
  const sides = await startConvertedSides(contestants, many, upstreams, folder)
  const convertedStreams = await step('converted streams', () => measureConvertedStreams(sides, plan))
  await many.stop()
  const probed = await start('revisions', true)
  const revisions = await step('revisions', () => measureRevisions(probed, plan))
  await probed.stop()
  return { manyServices, modelCalls, convertedStreams, revisions }
}

async function startPeers(upstreams: Upstreams, folder: string) {
  const contestants: Contestant[] = []
  const missing: { name: string; reason: string }[] = []
  for (const peer of peers) {
    const started = await peer.start(upstreams, folder)
    if ('missing' in started) {
      missing.push({ name: peer.name, reason: started.missing })
      console.log(`${peer.name} skipped: ${started.missing}`)
      continue
    }
    await checkAnswers(peer.name, started).catch((cause: unknown) => {
      throw new Error(`${peer.name} does not answer.`, { cause })
    })
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
