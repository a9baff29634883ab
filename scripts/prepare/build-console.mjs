import { existsSync } from 'node:fs'
import { hashInputs, isProgramSource, unlessMarked } from './input-hash.mjs'
import { inProject } from './project-root.mjs'
import { runCommand, runStep } from './run-step.mjs'

const inputs = [
  'app',
  'components',
  'lib',
  'prisma/schema.prisma',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]

/** Builds the Next.js console, unless the last build was of these very sources. */
export async function buildConsole() {
  await unlessMarked({
    mark: inProject('.next/.inputs'),
    hash: hashInputs(inputs, (file) => isProgramSource(file) && !/^lib\/cli\//.test(file)),
    outputsExist: () => existsSync(inProject('.next/BUILD_ID')),
    make: () =>
      runStep('Build the console', async () => {
        await runCommand(process.execPath, [inProject('node_modules/next/dist/bin/next'), 'build'], {
          env: { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
        })
      }),
  })
}
