import { setTimeout as pause } from 'node:timers/promises'
import { type Summary, summarise, usageOf } from './measure.ts'
import type { Target } from './peers/peer.ts'
import type { Plan } from './plan.ts'
import { openStreams } from './streams.ts'
import { medianSummary } from './summaries.ts'

/** What callers speak, before what the service does. */
export type StreamWay = 'openai ← openai' | 'anthropic ← openai' | 'openai ← anthropic'

/** One proxy and one way through it. */
export interface ConvertedSide {
  readonly name: string
  readonly way: StreamWay
  /** Null where there is no proxy. */
  readonly pid: number | null
  readonly target: Target
}

export interface ConvertedRow {
  readonly name: string
  readonly way: StreamWay
  /** From the upstream's sending of a chunk to its arrival; medians of the rounds. */
  readonly travelMs: Summary
  /** Of the proxy's own CPU time; null without one. */
  readonly chunksPerCpuSecond: number | null
  /** Share of the chunks that came while they should have. */
  readonly kept: number
  readonly broken: number
}

interface Round {
  readonly travelMs: Summary
  readonly chunksPerCpuSecond: number | null
  readonly kept: number
  readonly broken: number
}

const settleMs = 500

/** Many streams at a steady pace through each side, in turns. */
export async function measureConvertedStreams(
  sides: readonly ConvertedSide[],
  plan: Plan,
): Promise<ConvertedRow[]> {
  const rounds = sides.map((): Round[] => [])
  for (let round = 0; round < plan.convertedStreams.rounds; round++) {
    for (const [index, side] of sides.entries()) rounds[index]?.push(await measureOnce(side, plan))
  }
  return sides.map(({ name, way }, index) => ({ name, way, ...summed(rounds[index] ?? []) }))
}

async function measureOnce({ pid, target }: ConvertedSide, plan: Plan): Promise<Round> {
  const { streams, chunksPerSecond, seconds } = plan.convertedStreams
  const reader = await openStreams(target, { count: streams, chunksPerSecond })
  const refused = reader.figures.broken
  await pause(settleMs)
  reader.reset()
  const cpu = cpuSecondsOf(pid)
  const start = performance.now()
  await pause(seconds * 1000)
  const { events, broken, travelMs } = reader.figures
  const spentSeconds = (performance.now() - start) / 1000
  const spentCpu = cpuSecondsOf(pid) - cpu
  reader.closeAll()
  await pause(settleMs)
  return {
    travelMs: summarise(travelMs),
    chunksPerCpuSecond: spentCpu > 0 ? events / spentCpu : null,
    kept: events / (streams * chunksPerSecond * spentSeconds),
    broken: refused + broken,
  }
}

function summed(rounds: readonly Round[]): Omit<ConvertedRow, 'name' | 'way'> {
  const perCpu = rounds.flatMap(({ chunksPerCpuSecond }) => chunksPerCpuSecond ?? [])
  return {
    travelMs: medianSummary(rounds.map(({ travelMs }) => travelMs)),
    chunksPerCpuSecond:
      perCpu.length === 0 ? null : perCpu.reduce((sum, one) => sum + one, 0) / perCpu.length,
    kept: Math.min(...rounds.map(({ kept }) => kept)),
    broken: rounds.reduce((sum, { broken }) => sum + broken, 0),
  }
}

function cpuSecondsOf(pid: number | null): number {
  return pid === null ? 0 : (usageOf(pid)?.cpuSeconds ?? 0)
}

/** What a conversion of ours adds to a chunk's travel at most, in ms; null where it was not measured. */
export function addedByConversion(rows: readonly ConvertedRow[], ours: string): number | null {
  const direct = rows.find(({ name }) => name === 'direct')
  const own = rows.filter(({ name, way }) => name === ours && way !== 'openai ← openai')
  if (direct === undefined || own.length === 0) return null
  return Math.max(...own.map(({ travelMs }) => travelMs.p99 - direct.travelMs.p99))
}
