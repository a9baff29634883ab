import { setTimeout as pause } from 'node:timers/promises'
import { Agent, type Dispatcher } from 'undici'
import { monotonicMs } from './measure.ts'
import { streamRequest, type Target } from './peers/peer.ts'

export interface StreamFigures {
  /** From sending a request to its first event. */
  readonly firstByteMs: number[]
  /** From an event's sending by the upstream to its arrival here. */
  readonly travelMs: number[]
  /** Between two arrivals on one stream. */
  readonly gapMs: number[]
  /** Streams that ended or failed while they should have flowed. */
  broken: number
}

export interface OpenStreams {
  readonly figures: StreamFigures
  close(): Promise<void>
}

/** Opens streams a few at a time and resolves when each has its first event. */
export async function openStreams(
  target: Target,
  options: { count: number; chunksPerSecond: number },
): Promise<OpenStreams> {
  const agent = new Agent({ connections: options.count, pipelining: 1, bodyTimeout: 0, headersTimeout: 0 })
  const figures: StreamFigures = { firstByteMs: [], travelMs: [], gapMs: [], broken: 0 }
  const closing = { now: false }
  const body = streamRequest(options.chunksPerSecond)
  for (let opened = 0; opened < options.count; opened++) {
    const first = openOne(agent, target, body, figures, closing)
    // A burst would measure the queue of connections; a new stream each 2 ms does not.
    await pause(2)
    if (opened % 25 === 24 || opened === options.count - 1) await first
  }
  const deadline = Date.now() + 10_000
  while (figures.firstByteMs.length + figures.broken < options.count && Date.now() < deadline) await pause(10)
  return {
    figures,
    close: async () => {
      closing.now = true
      await agent.destroy()
    },
  }
}

function openOne(
  agent: Agent,
  target: Target,
  body: string,
  figures: StreamFigures,
  closing: { now: boolean },
): Promise<void> {
  const { origin, path, headers } = target
  return new Promise((resolve) => {
    const broken = () => {
      if (!closing.now) figures.broken++
      resolve()
    }
    agent.dispatch(
      { origin, path, method: 'POST', headers, body },
      { ...createReader(figures, resolve), onResponseEnd: broken, onResponseError: broken },
    )
  })
}

function createReader(figures: StreamFigures, onFirst: () => void): Dispatcher.DispatchHandler {
  const sent = monotonicMs()
  let last = 0
  return {
    onRequestStart() {},
    onResponseData(_controller, chunk) {
      const now = monotonicMs()
      if (last === 0) figures.firstByteMs.push(now - sent)
      else figures.gapMs.push(now - last)
      last = now
      for (const match of chunk.toString('latin1').matchAll(/"chatcmpl-([\d.]+)"/g)) {
        figures.travelMs.push(now - Number(match[1]))
      }
      onFirst()
    },
  }
}
