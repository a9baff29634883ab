import { setTimeout as pause } from 'node:timers/promises'
import type { Target } from './peers/peer.ts'
import { StreamReader } from './stream-reader.ts'

const openAtOnce = 16
const openMsMax = 10_000

/** Opens streams a few at a time and resolves when each has its first event, or is given up. */
export async function openStreams(
  target: Target,
  { count, chunksPerSecond }: { readonly count: number; readonly chunksPerSecond: number },
): Promise<StreamReader> {
  const reader = new StreamReader(target, chunksPerSecond)
  const deadline = performance.now() + openMsMax
  for (let opened = 0; opened < count && performance.now() < deadline; opened += openAtOnce) {
    const batch = Array.from({ length: Math.min(openAtOnce, count - opened) }, () => reader.openOne())
    await Promise.race([
      Promise.allSettled(batch),
      pause(Math.max(0, deadline - performance.now()), undefined, { ref: false }),
    ])
    // A burst would measure the queue of connections.
    await pause(5)
  }
  return reader
}
