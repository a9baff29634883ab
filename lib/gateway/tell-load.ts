import type { LoadMessage } from '@/lib/platform/process-messages.ts'

const everyMs = 1_000

/** Tells once a second which share of a core this process used since the last time. */
export function tellLoad(send: (message: LoadMessage) => void, intervalMs = everyMs): NodeJS.Timeout {
  let usage = process.cpuUsage()
  let at = performance.now()
  return setInterval(() => {
    const now = performance.now()
    const { user, system } = process.cpuUsage(usage)
    const utilization = shareOfCore(user + system, now - at)
    usage = process.cpuUsage()
    at = now
    send({ type: 'load', utilization })
  }, intervalMs).unref()
}

/** Other threads, such as the garbage collector's, may use more than one core; callers wait for one. */
export function shareOfCore(microseconds: number, elapsedMs: number): number {
  if (elapsedMs <= 0) return 0
  return Math.min(Math.max(microseconds / 1_000 / elapsedMs, 0), 1)
}
