import { existsSync } from 'node:fs'
import { hashInputs, unlessMarked } from './input-hash.mjs'
import { inProject } from './project-root.mjs'
import { runCommand, runStep } from './run-step.mjs'

/** `npm ci`, unless the packages installed are those of the present lock file. */
export async function installPackages() {
  await unlessMarked({
    mark: inProject('node_modules/.switchyard-lock'),
    hash: hashInputs(['package-lock.json']),
    outputsExist: () => existsSync(inProject('node_modules/.package-lock.json')),
    make: () =>
      runStep('Install packages (a minute or so the first time)', async () => {
        await runCommand(npmCommand(), ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
          // Builds need the development packages even where NODE_ENV=production is exported.
          env: { NODE_ENV: 'development', npm_config_production: 'false' },
        })
      }),
  })
}

function npmCommand() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm'
}
