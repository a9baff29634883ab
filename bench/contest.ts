import { setTimeout as pause } from 'node:timers/promises'
import { measureLatency } from './latency.ts'
import type { Load } from './load.ts'
import { median, type Summary, summarise, usageOf } from './measure.ts'
import type { Target } from './peers/peer.ts'
import type { Plan } from './plan.ts'
import { openStreams } from './streams.ts'

export interface Contestant {
  readonly name: string
  /** Null for `direct`, which is no process. */
  readonly pid: number | null
  readonly json: Target
  readonly stream: Target
}

export interface Throughput {
  readonly requestsPerSecond: number
  /** Of the proxy's own CPU time; null without `/proc` or a proxy. */
  readonly requestsPerCpuSecond: number | null
  readonly p50Ms: number
  readonly p99Ms: number
  readonly failures: number
}

export interface Streaming {
  readonly firstByteMs: Summary
  /** From the upstream's sending to the client's receiving. */
  readonly travelMs: Summary
  readonly gapMs: Summary
  readonly chunksPerSecond: number
  readonly chunksPerCpuSecond: number | null
  readonly broken: number
}

export interface Memory {
  readonly loadedBytes: number
  readonly perStreamBytes: number
}

/** Contestants take turns within a round, so that a machine growing slower slows all of them. */
export async function takeTurns<Result>(
  contestants: readonly Contestant[],
  rounds: number,
  run: (contestant: Contestant) => Promise<Result>,
): Promise<Map<string, Result[]>> {
  const results = new Map<string, Result[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) results.get(contestant.name)?.push(await run(contestant))
  }
  return results
}

export async function runThroughput(contestant: Contestant, load: Load, plan: Plan): Promise<Throughput> {
  const before = cpuOf(contestant)
  const result = await load.run(contestant.json, plan.connections, plan.throughput.seconds)
  const cpu = cpuOf(contestant) - before
  const requests = result.requestsPerSecond * Math.max(1, plan.throughput.seconds)
  return { ...result, requestsPerCpuSecond: cpu > 0 ? requests / cpu : null }
}

export async function runLatency(contestant: Contestant, plan: Plan): Promise<Summary> {
  return summarise(await measureLatency(contestant.json, plan.latency.seconds))
}

export async function runStreaming(contestant: Contestant, plan: Plan): Promise<Streaming> {
  const { streams, chunksPerSecond, seconds } = plan.streaming
  const open = await openStreams(contestant.stream, { count: streams, chunksPerSecond })
  const { figures } = open
  // What travelled while streams were still opening is no part of the steady state.
  figures.travelMs.length = 0
  figures.gapMs.length = 0
  const before = cpuOf(contestant)
  await pause(seconds * 1000)
  const cpu = cpuOf(contestant) - before
  const chunks = figures.travelMs.length
  await open.close()
  return {
    firstByteMs: summarise(figures.firstByteMs),
    travelMs: summarise(figures.travelMs),
    gapMs: summarise(figures.gapMs),
    chunksPerSecond: chunks / seconds,
    chunksPerCpuSecond: cpu > 0 ? chunks / cpu : null,
    broken: figures.broken,
  }
}

/** Holds quiet streams open and divides what they added to the resident memory. */
export async function weighStreams(contestant: Contestant, plan: Plan): Promise<Memory | null> {
  const loaded = residentOf(contestant)
  if (loaded === null) return null
  const open = await openStreams(contestant.stream, { count: plan.heldStreams, chunksPerSecond: 1 })
  const readings: number[] = []
  for (let reading = 0; reading < 5; reading++) {
    readings.push(residentOf(contestant) ?? loaded)
    await pause(100)
  }
  const broken = open.figures.broken
  await open.close()
  if (broken > 0) throw new Error(`${contestant.name} broke ${broken} of ${plan.heldStreams} quiet streams.`)
  return { loadedBytes: loaded, perStreamBytes: (median(readings) - loaded) / plan.heldStreams }
}

export function residentOf({ pid }: Contestant): number | null {
  return pid === null ? null : (usageOf(pid)?.residentBytes ?? null)
}

function cpuOf({ pid }: Contestant): number {
  return pid === null ? 0 : (usageOf(pid)?.cpuSeconds ?? 0)
}
