import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// Runs the fuzzers of the request path for as long as asked: npm run fuzz [-- --seconds 60 --seed 1]
const root = dirname(dirname(fileURLToPath(import.meta.url)))
if (!existsSync(join(root, 'node_modules/esbuild'))) {
  console.error('Packages are missing. Run: npm install')
  process.exit(1)
}
const { build } = await import('esbuild')
const outfile = join(root, 'out/fuzz/run.mjs')
await build({
  absWorkingDir: root,
  entryPoints: ['lib/gateway/fuzz/run.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
})
const { runFuzzers } = await import(pathToFileURL(outfile).href)
try {
  await runFuzzers(process.argv.slice(2), (line) => console.log(line))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
