import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** Adds up; a report that is missing or unreadable is a failure, never silence.
 * @param {Counts[]} all @returns {Counts} */
export function sumCounts(all) {
  return all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/** @param {string} file @param {number} exitCode @returns {Counts} */
export function countVitest(file, exitCode) {
  return fromReport(file, exitCode, (report) => ({
    passed: report.numPassedTests,
    // A file that cannot be loaded has no tests to count, and fails all the same.
    failed: report.numFailedTests + report.testResults.filter(isBrokenFile).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }))
}

/** @param {string} file @param {number} exitCode @returns {Counts} */
export function countPlaywright(file, exitCode) {
  return fromReport(file, exitCode, ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (errors?.length ?? 0),
    skipped: stats.skipped,
  }))
}

/** @param {{ status: string, assertionResults: unknown[] }} result */
function isBrokenFile({ status, assertionResults }) {
  return status === 'failed' && assertionResults.length === 0
}

/** @param {string} file @param {number} exitCode @param {(report: any) => Counts} count @returns {Counts} */
function fromReport(file, exitCode, count) {
  try {
    const counts = count(JSON.parse(readFileSync(file, 'utf8')))
    if (!Object.values(counts).every(Number.isInteger)) throw new Error('not a report')
    // The runner may fail for a reason that is no test's: an error outside of tests, no tests found.
    return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
  } catch {
    console.log(`  ✗ ${file} is missing or unreadable: counted as a failure.`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
