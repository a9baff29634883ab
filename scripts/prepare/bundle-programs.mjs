import { existsSync, rmSync } from 'node:fs'
import { hashInputs, isProgramSource, unlessMarked } from './input-hash.mjs'
import { inProject } from './project-root.mjs'
import { runStep } from './run-step.mjs'

/** Programs that run outside Next: output name in dist/ → entry. */
const programs = {
  switchyard: 'lib/cli/main.ts',
  'gateway-node': 'lib/gateway/start.ts',
  'name-server': 'lib/name-server/start.ts',
  'model-server': 'e2e/fakes/model-server-main.ts',
}

/** Bundles our TypeScript for Node, which cannot run it by itself in every version that we support. */
export async function bundlePrograms() {
  await unlessMarked({
    mark: inProject('dist/.inputs'),
    hash: hashInputs(
      [
        'lib',
        'e2e/fakes',
        'tsconfig.json',
        'package-lock.json',
        'prisma/schema.prisma',
        'scripts/prepare/bundle-programs.mjs',
      ],
      (file) => isProgramSource(file) && !file.startsWith('lib/messages/'),
    ),
    outputsExist: () => Object.keys(programs).every((name) => existsSync(inProject('dist', `${name}.mjs`))),
    make: () => runStep('Bundle the programs', bundle),
  })
}

async function bundle() {
  const { build, stop } = await import('esbuild')
  rmSync(inProject('dist'), { recursive: true, force: true })
  await build({
    absWorkingDir: inProject(),
    entryPoints: programs,
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // Chunks keep each command's own packages unloaded until it runs: the supervisor must not carry Next or Prisma.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'linked',
    logLevel: 'silent',
  })
  // Its service process would live as long as this one, which becomes the supervisor.
  await stop()
}
