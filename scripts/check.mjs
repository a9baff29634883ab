import { findForbiddenImports } from './check/import-boundaries.mjs'
import { findStructureFaults, longestSources } from './check/structure.mjs'
import { generateClients } from './prepare/generate-clients.mjs'
import { inProject, projectRoot } from './prepare/project-root.mjs'
import { runCommand, runStep, StepFailure } from './prepare/run-step.mjs'

process.chdir(projectRoot)

/** @type {[string, () => Promise<unknown>][]} */
const checks = [
  [
    'Format and lint',
    () => runCommand(inProject('node_modules/.bin/biome'), ['check', '--error-on-warnings', '.']),
  ],
  ['Types', checkTypes],
  ['Imports', async () => failWith(await findForbiddenImports())],
  ['Structure', async () => failWith(findStructureFaults(projectRoot))],
]

let failed = 0
await generateClients()
for (const [title, check] of checks) {
  await runStep(title, check).catch((error) => {
    failed++
    console.error(`${error instanceof StepFailure ? error.message : error?.stack}\n`)
  })
}
for (const { file, lines } of longestSources(projectRoot))
  console.log(`  – ${file} has ${lines} lines: look again`)
process.exitCode = failed === 0 ? 0 : 1

async function checkTypes() {
  // Page types come from Next; the native compiler is named by path because another package brings a second "tsc".
  await runCommand(process.execPath, [inProject('node_modules/next/dist/bin/next'), 'typegen'], {
    env: { NEXT_TELEMETRY_DISABLED: '1' },
  })
  await runCommand(process.execPath, [
    inProject('node_modules/typescript/bin/tsc'),
    '--noEmit',
    '--project',
    '.',
  ])
}

/** @param {string[]} findings */
function failWith(findings) {
  if (findings.length > 0) throw new StepFailure(findings.map((finding) => `  ${finding}`).join('\n'))
}
