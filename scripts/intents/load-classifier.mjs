import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { projectRoot } from '../prepare/project-root.mjs'

/** The gateway's own reading of features, so that training and serving cannot differ.
 * @returns {Promise<typeof import('../../lib/intents/feature-reader.ts') & typeof import('../../lib/intents/intent-classifier.ts') & typeof import('../../lib/intents/intent-model.ts') & typeof import('../../lib/intents/structure-features.ts')>} */
export async function loadClassifier() {
  const outfile = join(projectRoot, 'out/intents/classifier.mjs')
  mkdirSync(join(projectRoot, 'out/intents'), { recursive: true })
  const parts = ['feature-reader', 'intent-classifier', 'intent-model', 'structure-features']
  await build({
    stdin: {
      contents: parts.map((part) => `export * from './lib/intents/${part}.ts'`).join('\n'),
      resolveDir: projectRoot,
    },
    outfile,
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  })
  return await import(pathToFileURL(outfile).href)
}
