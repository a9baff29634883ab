import { createRequire } from 'node:module'
import path from 'node:path'
import { listFiles } from '../prepare/input-hash.mjs'
import { projectRoot } from '../prepare/project-root.mjs'
import { provideTypescriptApi } from './provide-typescript-api.mjs'

const roots = ['app', 'components', 'lib', 'e2e', 'bench', 'instrumentation.ts', 'proxy.ts']

/** Every import that the table in .dependency-cruiser.cjs forbids, one line each.
 * @param {string} [root] */
export async function findForbiddenImports(root = projectRoot) {
  provideTypescriptApi()
  const { cruise } = await import('dependency-cruiser')
  const { default: extractTSConfig } = await import('dependency-cruiser/config-utl/extract-ts-config')
  const { options, forbidden } = createRequire(import.meta.url)(
    path.join(projectRoot, '.dependency-cruiser.cjs'),
  )
  const result = await cruise(
    sourcesIn(root),
    { ...options, baseDir: root, ruleSet: { forbidden }, validate: true },
    options.enhancedResolveOptions,
    { tsConfig: extractTSConfig(path.join(root, 'tsconfig.json')) },
  )
  const { summary } = result.output
  if (summary.totalCruised < 2)
    return ['dependency-cruiser found no modules: it cannot read TypeScript here.']
  return summary.violations
    .filter(({ rule }) => rule.severity === 'error')
    .map(({ rule, from, to, cycle }) =>
      cycle
        ? `${rule.name}: ${[from, ...cycle.map((step) => step.name)].join(' → ')}`
        : `${rule.name}: ${from} → ${to}`,
    )
}

/** Without the generated clients, which are most of the text and none of ours.
 * @param {string} root */
function sourcesIn(root) {
  return roots
    .flatMap((entry) => listFiles(root, entry))
    .filter((file) => /\.(ts|tsx|mjs|js)$/.test(file) && !file.startsWith('lib/persistence/generated/'))
}
