import { mkdirSync, rmSync } from 'node:fs'
import { prepareAll } from './prepare/prepare-all.mjs'
import { inProject } from './prepare/project-root.mjs'
import { runProgram, runStep } from './prepare/run-step.mjs'
import { countPlaywright, countVitest, sumCounts } from './test/count-results.mjs'
import { findPostgresPrograms, startPostgresCluster } from './test/postgres-cluster.mjs'
import { findChromium, provideSystemParts } from './test/system-parts.mjs'

/** @typedef {import('./test/count-results.mjs').Counts} Counts */

const begun = performance.now()
rmSync(inProject('out'), { recursive: true, force: true })
mkdirSync(inProject('out'))

try {
  await provideSystemParts()
  await prepareAll()
  const counts = sumCounts([await runChecks(), ...(await withPostgres(runTests))])
  console.log(`\n${((performance.now() - begun) / 1000).toFixed(0)} s`)
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  process.exit(counts.failed === 0 ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('0 passed, 1 failed, 0 skipped')
  process.exit(1)
}

async function runChecks() {
  const exitCode = await runProgram(process.execPath, [inProject('scripts/check.mjs')])
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

/** @param {(env: Record<string, string>) => Promise<Counts[]>} run */
async function withPostgres(run) {
  const programs = findPostgresPrograms()
  if (programs === null) return run({})
  const cluster = await runStep('Start a throw-away PostgreSQL', () => startPostgresCluster(programs))
  try {
    return await run({ TEST_POSTGRES_URL: cluster.url })
  } finally {
    await cluster.stop()
  }
}

/** @param {Record<string, string>} env @returns {Promise<Counts[]>} */
async function runTests(env) {
  return [
    await runVitest('vitest.config.ts', 'unit', env),
    await runVitest('e2e/wire/vitest.config.ts', 'wire', env),
    await runJourneys(env),
  ]
}

/** @param {string} config @param {string} name @param {Record<string, string>} env @returns {Promise<Counts>} */
async function runVitest(config, name, env) {
  const report = inProject(`out/${name}.json`)
  const given = [
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const exitCode = await runProgram(
    process.execPath,
    [inProject('node_modules/vitest/vitest.mjs'), ...given],
    { env },
  )
  return countVitest(report, exitCode)
}

/** @param {Record<string, string>} env @returns {Promise<Counts>} */
async function runJourneys(env) {
  const chromium = findChromium()
  if (chromium === null) {
    console.log('  – Browser journeys are skipped: there is no Chromium.')
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const report = inProject('out/playwright.json')
  const exitCode = await runProgram(
    process.execPath,
    [
      inProject('node_modules/@playwright/test/cli.js'),
      'test',
      '--config',
      'e2e/playwright.config.ts',
      '--reporter=list,json',
    ],
    { env: { ...env, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  )
  return countPlaywright(report, exitCode)
}
