import { PerformanceObserver } from 'node:perf_hooks'
import { mainThreadTimes } from '@/bench/scheduler-wait.ts'

/**
 * Loaded before the gateway node starts: asked over IPC, it says how long the event loop stood still at most since it
 * was asked last, and how much of that the garbage collector may have been.
 */
export interface LoopReading {
  readonly type: 'loop'
  readonly gapMsMax: number
  /** Without the time for which the system ran other programs on this core; equal to `gapMsMax` without `/proc`. */
  readonly ownGapMsMax: number
  /** The longest turn in processor time of the main thread, which nothing else on the machine can lengthen. */
  readonly turnCpuMsMax: number
  readonly collectionMsMax: number
}

const threadTimes = mainThreadTimes()
let reading = noReading()
let last = sample()

setInterval(() => {
  const now = sample()
  const gap = now.at - last.at
  // What this program's own helpers ran, such as the collector's, is no other program's doing.
  const others = Math.max(0, now.waitedMs - last.waitedMs - (now.helpersMs - last.helpersMs))
  reading.gapMsMax = Math.max(reading.gapMsMax, gap)
  reading.ownGapMsMax = Math.max(reading.ownGapMsMax, gap - others)
  reading.turnCpuMsMax = Math.max(reading.turnCpuMsMax, now.ranMs - last.ranMs)
  last = now
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
  return { type: 'loop' as const, gapMsMax: 0, ownGapMsMax: 0, turnCpuMsMax: 0, collectionMsMax: 0 }
}

function sample() {
  const { ranMs, waitedMs } = threadTimes()
  const { user, system } = process.cpuUsage()
  return { at: performance.now(), ranMs, waitedMs, helpersMs: (user + system) / 1000 - ranMs }
}
