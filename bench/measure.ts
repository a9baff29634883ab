import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

export interface Usage {
  /** User and system time since the process began. */
  readonly cpuSeconds: number
  readonly residentBytes: number
}

const hasProc = existsSync('/proc/self/stat')
const ticksPerSecond = hasProc ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) : 100

/** Null where the system has no `/proc`, such as macOS. */
export function usageOf(pid: number): Usage | null {
  if (!hasProc) return null
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the program's name in brackets and may hold spaces, so counting begins behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    residentBytes: Number(resident?.[1] ?? 0) * 1024,
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The nearest-rank percentile; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export interface Summary {
  readonly p50: number
  readonly p99: number
}

export function summarise(values: readonly number[]): Summary {
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99) }
}
