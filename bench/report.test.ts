import { describe, expect, test } from 'vitest'
import { percentile, usageOf } from './measure.ts'
import { type ReportRow, ratios } from './report.ts'
import { summariseRounds } from './summaries.ts'

function round(requestsPerSecond: number, requestsPerCpuSecond: number | null, failures = 0) {
  return { requestsPerSecond, requestsPerCpuSecond, p50Ms: 1, p99Ms: 2, failures }
}

function row(name: string, perCpu: number | null): ReportRow {
  const throughput = summariseRounds([round(1, perCpu)])
  return {
    name,
    throughput,
    latencyMs: { p50: 1, p99: 1 },
    firstByte: [],
    ladder: [],
    idleBytes: null,
    memory: null,
  }
}

describe('figures', () => {
  test('a percentile is a value that was measured', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2)
    expect(percentile([4, 1, 3, 2], 0.99)).toBe(4)
    expect(percentile([], 0.5)).toBeNaN()
  })

  test('one slow round does not move the median, and no failure is lost', () => {
    const summary = summariseRounds([round(100, 10), round(3, 1, 7), round(102, 11)])
    expect(summary).toMatchObject({ requestsPerSecond: 100, requestsPerCpuSecond: 10, failures: 7 })
  })

  test('ratios leave out whoever has no CPU time of its own', () => {
    const rows = [row('direct', null), row('nginx', 40), row('ours', 10)]
    expect(ratios(rows, 'ours')).toEqual([{ name: 'nginx', value: 0.25 }])
  })

  test.runIf(process.platform === 'linux')('CPU time grows with work', () => {
    const before = usageOf(process.pid)
    // Time on the processor, not on the clock: a busy machine gives little of it.
    const begun = process.cpuUsage()
    while (process.cpuUsage(begun).user < 60_000) Math.sqrt(2)
    const after = usageOf(process.pid)
    expect(after?.cpuSeconds).toBeGreaterThan((before?.cpuSeconds ?? 0) + 0.02)
    expect(after?.residentBytes).toBeGreaterThan(2 ** 20)
  })
})
