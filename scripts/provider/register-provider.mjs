import { StepFailure } from '../prepare/run-step.mjs'

/** `open-router` → `openRouter`
 * @param {string} id */
export const exportNameOf = (id) => id.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase())

/**
 * The registry with one import and one line more.
 * @param {string} registry @param {string} id
 */
export function registerProvider(registry, id) {
  const name = exportNameOf(id)
  const imports = registry.match(/^import .*\n/gm)
  const listEnd = registry.indexOf('\n]\n')
  if (imports === null || listEnd < 0)
    throw new Error('lib/providers/registry.ts has not the form that was expected.')
  if (new RegExp(`\\b${name}\\b`).test(registry)) throw new StepFailure(`The registry has a ${name} already.`)
  const sorted = [...imports, `import { ${name} } from './${id}/provider.ts'\n`].sort((left, right) =>
    moduleOf(left) < moduleOf(right) ? -1 : 1,
  )
  const body = `${registry.slice(imports.join('').length, listEnd)}\n  ${name},${registry.slice(listEnd)}`
  return sorted.join('') + body
}

/** A folder stands before the one whose name goes on with a hyphen, as the formatter has it.
 * @param {string} line */
const moduleOf = (line) => (/from '(.+)'/.exec(line)?.[1] ?? '').replaceAll('/', '\0')
