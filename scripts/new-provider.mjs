import { parseArgs } from 'node:util'
import { exitWith } from './prepare/exit-with.mjs'
import { projectRoot } from './prepare/project-root.mjs'
import { StepFailure } from './prepare/run-step.mjs'
import { createProvider } from './provider/create-provider.mjs'

const usage =
  'npm run new-provider -- <id> --name <name> [--name-zh <name>] [--base-url <https://…/v1>] [--model <model>]'

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      'name-zh': { type: 'string' },
      'base-url': { type: 'string' },
      model: { type: 'string' },
    },
  })
  const [id] = positionals
  if (id === undefined || values.name === undefined || positionals.length > 1) throw new StepFailure(usage)
  const files = createProvider(projectRoot, {
    id,
    name: values.name,
    nameZh: values['name-zh'] ?? values.name,
    baseUrl: values['base-url'] ?? `https://api.${id}.example/v1`,
    model: values.model ?? `${id}-chat`,
  })
  console.log(files.map((file) => `wrote ${file}`).join('\n'))
  console.log(`Next: docs/adding-a-provider.md, and npx vitest run lib/providers/${id}`)
} catch (error) {
  exitWith(isMistyped(error) ? new StepFailure(`${error.message}\n${usage}`) : error)
}

/** What `parseArgs` refuses.
 * @param {unknown} error
 * @returns {error is Error} */
function isMistyped(error) {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
