import { setTimeout as pause } from 'node:timers/promises'
import type { Contestant } from './contest.ts'
import { type Summary, summarise } from './measure.ts'
import type { Plan } from './plan.ts'
import { StreamReader } from './stream-reader.ts'
import { openStreams } from './streams.ts'

export interface FirstByte {
  readonly firstByteMs: Summary
  /** Of the streams that flow meanwhile: from the upstream's sending to the client's receiving. */
  readonly travelMs: Summary
  readonly broken: number
}

/** Opens streams one after the other while others flow. */
export async function runFirstByte({ stream }: Contestant, plan: Plan): Promise<FirstByte> {
  const { chunksPerSecond, firstByte } = plan
  const flowing = await openStreams(stream, { count: firstByte.streams, chunksPerSecond })
  const probe = new StreamReader(stream, chunksPerSecond)
  flowing.reset()
  for (let count = 0; count < firstByte.probes; count++) {
    const close = await probe.openOne()
    close()
    // An odd time, so that probes do not fall in step with the streams.
    await pause(3 + (count % 5))
  }
  const travelMs = summarise(flowing.figures.travelMs)
  const broken = flowing.figures.broken + probe.figures.broken
  flowing.closeAll()
  return { firstByteMs: summarise(probe.figures.firstByteMs), travelMs, broken }
}
