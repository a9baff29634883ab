import { setTimeout as pause } from 'node:timers/promises'
import type { Contestant } from './contest.ts'
import { type Summary, summarise } from './measure.ts'
import type { Plan } from './plan.ts'
import { openStreams } from './streams.ts'

export interface Level {
  readonly streams: number
  /** Null when it was held. */
  readonly failure: string | null
  readonly chunksPerSecond: number
  readonly gapMsMax: number
  /** Without what the upstream sent late and the reader read late. */
  readonly netGapMsMax: number
  readonly lost: number
  readonly broken: number
  readonly travelMs: Summary
}

/** In paces: longer is a stall that a reader of the stream sees. */
const gapPacesMax = 3
/** Of the events that should have come; fewer means that the load itself did not keep the pace. */
const shareMin = 0.97
const settleMs = 1_000

/** Climbs until a level is not held; the last entry is the first that was not, if any. */
export async function climbLadder(contestant: Contestant, plan: Plan): Promise<Level[]> {
  const { levels, tries } = plan.ladder
  const climbed: Level[] = []
  for (const streams of levels) {
    let level = await holdLevel(contestant, streams, plan)
    for (let again = 1; again < tries && level.failure !== null; again++) {
      level = await holdLevel(contestant, streams, plan)
    }
    climbed.push(level)
    if (level.failure !== null) break
  }
  return climbed
}

/** The most streams that were held; 0 when not even the first level was. */
export function streamsHeld(levels: readonly Level[]): number {
  return levels.filter(({ failure }) => failure === null).at(-1)?.streams ?? 0
}

async function holdLevel({ stream }: Contestant, streams: number, plan: Plan): Promise<Level> {
  const { chunksPerSecond, ladder } = plan
  const reader = await openStreams(stream, { count: streams, chunksPerSecond })
  const refused = reader.figures.broken
  await pause(settleMs)
  reader.reset()
  const start = performance.now()
  await pause(ladder.seconds * 1000)
  const { events, gapMsMax, netGapMsMax, lost, broken, travelMs } = reader.figures
  const seconds = (performance.now() - start) / 1000
  const missing = streams - reader.open
  reader.closeAll()
  // Whoever relays them has thousands of connections to close too.
  await pause(settleMs)
  const figures = { chunksPerSecond: events / seconds, gapMsMax, netGapMsMax, lost, broken: broken + refused }
  return {
    streams,
    failure: failureOf(figures, missing, streams, chunksPerSecond),
    ...figures,
    travelMs: summarise(travelMs),
  }
}

function failureOf(
  figures: Pick<Level, 'chunksPerSecond' | 'netGapMsMax' | 'lost' | 'broken'>,
  missing: number,
  streams: number,
  pace: number,
): string | null {
  const gapMax = (gapPacesMax * 1000) / pace
  if (missing > 0 || figures.broken > 0) return `${missing} of ${streams} streams not open`
  if (figures.lost > 0) return `${figures.lost} events lost`
  if (figures.netGapMsMax > gapMax) return `a gap of ${figures.netGapMsMax.toFixed(0)} ms`
  if (figures.chunksPerSecond < shareMin * streams * pace) {
    return `${figures.chunksPerSecond.toFixed(0)} of ${streams * pace} chunks/s`
  }
  return null
}
