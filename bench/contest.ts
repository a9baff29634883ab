import { setTimeout as pause } from 'node:timers/promises'
import { measureLatency } from './latency.ts'
import type { Load, Spread } from './load.ts'
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

export interface Memory {
  readonly loadedBytes: number
  /** How many were open; some contestants do not hold all that they are asked for. */
  readonly streams: number
  readonly perStreamBytes: number
}

/** Contestants take turns within a round, so that a machine growing slower slows all of them. */
export async function takeTurns<One extends { readonly name: string }, Result>(
  contestants: readonly One[],
  rounds: number,
  run: (contestant: One) => Promise<Result>,
): Promise<Map<string, Result[]>> {
  const results = new Map<string, Result[]>(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) results.get(contestant.name)?.push(await run(contestant))
  }
  return results
}

export async function runThroughput(
  contestant: Pick<Contestant, 'pid' | 'json'>,
  load: Load,
  { connections, seconds, spread }: { connections: number; seconds: number; spread?: Spread },
): Promise<Throughput> {
  const before = cpuOf(contestant)
  const result = await load.run(contestant.json, connections, seconds, spread)
  const cpu = cpuOf(contestant) - before
  const requests = result.requestsPerSecond * Math.max(1, seconds)
  return { ...result, requestsPerCpuSecond: cpu > 0 ? requests / cpu : null }
}

export async function runLatency(contestant: Contestant, plan: Plan): Promise<Summary> {
  return summarise(await measureLatency(contestant.json, plan.latency.seconds))
}

/** Holds quiet streams open and divides what they added to the resident memory. */
export async function weighStreams(contestant: Contestant, plan: Plan): Promise<Memory | null> {
  const loaded = residentOf(contestant)
  if (loaded === null) return null
  const reader = await openStreams(contestant.stream, { count: plan.heldStreams, chunksPerSecond: 1 })
  const readings: number[] = []
  for (let reading = 0; reading < 10; reading++) {
    readings.push(residentOf(contestant) ?? loaded)
    await pause(100)
  }
  const streams = reader.open
  reader.closeAll()
  return { loadedBytes: loaded, streams, perStreamBytes: (median(readings) - loaded) / streams }
}

export function residentOf({ pid }: Pick<Contestant, 'pid'>): number | null {
  return pid === null ? null : (usageOf(pid)?.residentBytes ?? null)
}

function cpuOf({ pid }: Pick<Contestant, 'pid'>): number {
  return pid === null ? 0 : (usageOf(pid)?.cpuSeconds ?? 0)
}
