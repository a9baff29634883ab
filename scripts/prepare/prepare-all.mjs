import { existsSync } from 'node:fs'
import { buildConsole } from './build-console.mjs'
import { bundlePrograms } from './bundle-programs.mjs'
import { checkFreeDisk, checkNodeVersion } from './check-machine.mjs'
import { generateClients } from './generate-clients.mjs'
import { installPackages } from './install-packages.mjs'
import { inProject } from './project-root.mjs'

/** From a fresh clone to runnable programs; a second time it only compares hashes. */
export async function prepareAll() {
  checkNodeVersion()
  checkFreeDisk({
    firstTime: !existsSync(inProject('node_modules')) || !existsSync(inProject('.next/BUILD_ID')),
  })
  await installPackages()
  await generateClients()
  await bundlePrograms()
  await buildConsole()
}
