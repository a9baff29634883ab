import { openSync, readSync } from 'node:fs'
import { PerformanceObserver } from 'node:perf_hooks'

/**
 * Loaded before the gateway node starts: asked over IPC, it says how long the event loop stood still at most since it
 * was asked last, and how much of that the garbage collector may have been.
 */
export interface LoopReading {
  readonly type: 'loop'
  readonly gapMsMax: number
  /** Without the time for which the system gave the processor to others; equal to `gapMsMax` without `/proc`. */
  readonly busyGapMsMax: number
  readonly collectionMsMax: number
}

const text = Buffer.alloc(128)
const schedule = openSchedule()
let reading = noReading()
let last = performance.now()
let lastWaited = waitedMs()

setInterval(() => {
  const now = performance.now()
  const waited = waitedMs()
  const gap = now - last
  reading.gapMsMax = Math.max(reading.gapMsMax, gap)
  reading.busyGapMsMax = Math.max(reading.busyGapMsMax, gap - (waited - lastWaited))
  last = now
  lastWaited = waited
}, 1).unref()

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    reading.collectionMsMax = Math.max(reading.collectionMsMax, duration)
  }
}).observe({ entryTypes: ['gc'] })

process.on('message', (message) => {
  if ((message as { type?: unknown }).type !== 'loop') return
  process.send?.(reading)
  reading = noReading()
})

function noReading() {
  return { type: 'loop' as const, gapMsMax: 0, busyGapMsMax: 0, collectionMsMax: 0 }
}

/** The main thread's times, as the scheduler counts them; null elsewhere than on Linux. */
function openSchedule(): number | null {
  try {
    return openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
  } catch {
    return null
  }
}

/** How long this thread was ready to run and did not, since it began. */
function waitedMs(): number {
  if (schedule === null) return 0
  const length = readSync(schedule, text, 0, text.length, 0)
  return Number(text.toString('latin1', 0, length).split(' ')[1] ?? 0) / 1e6
}
