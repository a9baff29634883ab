import { buildConsole } from './prepare/build-console.mjs'
import { bundlePrograms } from './prepare/bundle-programs.mjs'
import { exitWith } from './prepare/exit-with.mjs'
import { generateClients } from './prepare/generate-clients.mjs'

try {
  await generateClients()
  await bundlePrograms()
  await buildConsole()
} catch (error) {
  exitWith(error)
}
