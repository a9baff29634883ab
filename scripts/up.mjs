import { pathToFileURL } from 'node:url'
import { exitWith } from './prepare/exit-with.mjs'
import { prepareAll } from './prepare/prepare-all.mjs'
import { inProject } from './prepare/project-root.mjs'

await prepareAll().catch(exitWith)

// In this very process: a second one would only cost memory and stand between the terminal's signals and the supervisor.
const program = inProject('dist/switchyard.mjs')
process.argv.splice(1, process.argv.length, program, 'up', ...process.argv.slice(2))
await import(pathToFileURL(program).href)
