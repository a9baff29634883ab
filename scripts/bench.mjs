import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// Bundles the benchmark and what it measures, then runs it in this process:
// npm run bench [-- --quick | --conversions | --streams | --intents | --moderation | --soak <minutes>]
const root = dirname(dirname(fileURLToPath(import.meta.url)))
if (!existsSync(join(root, 'node_modules/esbuild'))) {
  console.error('Packages are missing. Run: npm install')
  process.exit(1)
}
const { build } = await import('esbuild')
const folder = join(root, 'out/bench/build')
await build({
  absWorkingDir: root,
  entryPoints: [
    { in: 'bench/run.ts', out: 'run' },
    { in: 'bench/soak.ts', out: 'soak' },
    { in: 'bench/conversions-main.ts', out: 'conversions' },
    { in: 'bench/converted-main.ts', out: 'converted' },
    { in: 'bench/moderation.ts', out: 'moderation' },
    { in: 'bench/intents-main.ts', out: 'intents' },
    { in: 'bench/peers/upstream-main.ts', out: 'upstream-main' },
    { in: 'bench/peers/stream-upstream-main.ts', out: 'stream-upstream-main' },
    { in: 'bench/peers/loop-probe.ts', out: 'loop-probe' },
    { in: 'bench/peers/portkey-fetch.ts', out: 'portkey-fetch' },
    { in: 'bench/peers/bare-relay-main.ts', out: 'bare-relay-main' },
    { in: 'lib/gateway/start.ts', out: 'gateway-node' },
  ],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
})
const soak = process.argv.indexOf('--soak')
if (process.argv.includes('--conversions')) {
  const { runConversions } = await import(pathToFileURL(join(folder, 'conversions.mjs')).href)
  runConversions()
} else if (process.argv.includes('--streams')) {
  const { runConvertedStreams } = await import(pathToFileURL(join(folder, 'converted.mjs')).href)
  await runConvertedStreams()
} else if (process.argv.includes('--moderation')) {
  const { benchModeration } = await import(pathToFileURL(join(folder, 'moderation.mjs')).href)
  benchModeration()
} else if (process.argv.includes('--intents')) {
  const { runIntents } = await import(pathToFileURL(join(folder, 'intents.mjs')).href)
  runIntents(root)
} else if (soak === -1) {
  const { runBenchmark } = await import(pathToFileURL(join(folder, 'run.mjs')).href)
  await runBenchmark(root, process.argv.includes('--quick'))
} else {
  const minutes = Number(process.argv[soak + 1] ?? 30)
  if (!(minutes >= 1)) {
    console.error('Say for how many minutes: npm run bench -- --soak 30')
    process.exit(1)
  }
  const { runSoak } = await import(pathToFileURL(join(folder, 'soak.mjs')).href)
  await runSoak(root, minutes)
}
