import { exitWith } from './prepare/exit-with.mjs'
import { generateClients } from './prepare/generate-clients.mjs'

await generateClients({ force: process.argv.includes('--force') }).catch(exitWith)
