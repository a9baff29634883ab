import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { StepFailure } from '../prepare/run-step.mjs'
import { providerFiles } from './provider-files.mjs'
import { registerProvider } from './register-provider.mjs'

/** Adapters are exported under their id. */
const reserved =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|let|new|null|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/

/**
 * A provider of OpenAI's shape: manifest, adapter, contract test, stand-in and the registry's line. Nothing is
 * written when anything is wrong. Answers the files that were written.
 * @param {string} root
 * @param {{ id: string, name: string, nameZh: string, baseUrl: string, model: string }} provider
 */
export function createProvider(root, provider) {
  const { id, baseUrl } = provider
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)) {
    throw new StepFailure(
      `"${id}": an id is lower-case letters and digits, with - between words, as in open-router.`,
    )
  }
  if (reserved.test(id))
    throw new StepFailure(`"${id}" is a word of JavaScript: add another, as in ${id}-ai.`)
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl) || baseUrl.endsWith('/')) {
    throw new StepFailure(
      `"${baseUrl}": write the base URL without a slash at the end, as in https://api.example.com/v1.`,
    )
  }
  const folder = path.join('lib/providers', id)
  if (existsSync(path.join(root, folder))) throw new StepFailure(`${folder} exists already.`)

  const registry = 'lib/providers/registry.ts'
  const registered = registerProvider(readFileSync(path.join(root, registry), 'utf8'), id)
  const files = { ...providerFiles(provider), [registry]: registered }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  return Object.keys(files)
}
