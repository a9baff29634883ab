import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { countPlaywright, countVitest, sumCounts } from './count-results.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'switchyard-counts-'))
  vi.spyOn(console, 'log').mockImplementation(() => {})
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function report(value: unknown): string {
  const file = path.join(folder, 'report.json')
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}

const vitestReport = {
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [],
}
const journeys = { stats: { expected: 3, flaky: 1, unexpected: 0, skipped: 2 }, errors: [] }

describe('a good report', () => {
  test('is counted as it says', () => {
    expect(countVitest(report(vitestReport), 0)).toEqual({ passed: 5, failed: 0, skipped: 2 })
    expect(countPlaywright(report(journeys), 0)).toEqual({ passed: 4, failed: 0, skipped: 2 })
  })

  test('of a runner that failed all the same counts one failure', () => {
    expect(countVitest(report(vitestReport), 1).failed).toBe(1)
    expect(countPlaywright(report(journeys), 1).failed).toBe(1)
  })

  test('counts files that could not be loaded and errors outside of tests', () => {
    const broken = { ...vitestReport, testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(countVitest(report(broken), 1).failed).toBe(1)
    expect(countPlaywright(report({ ...journeys, errors: [{ message: 'no server' }] }), 1).failed).toBe(1)
  })
})

test.each([
  ['missing', () => path.join(folder, 'none.json')],
  ['cut short', () => report('{"numPassedTests": 5')],
  ['something else', () => report({})],
])('a report that is %s is a failure, even when the runner says it went well', (_what, file) => {
  expect(countVitest(file(), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(countPlaywright(file(), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('parts add up', () => {
  expect(
    sumCounts([
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 0, skipped: 1 },
    ]),
  ).toEqual({
    passed: 11,
    failed: 2,
    skipped: 4,
  })
})
