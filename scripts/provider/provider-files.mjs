import { exportNameOf } from './register-provider.mjs'

/** As the formatter has it: single quotes unless the text holds some.
 * @param {string} text */
function quoted(text) {
  const written = JSON.stringify(text)
  return text.includes("'") ? written : `'${written.slice(1, -1).replaceAll('\\"', '"')}'`
}

/**
 * Path → text.
 * @param {{ id: string, name: string, nameZh: string, baseUrl: string, model: string }} provider
 * @returns {Record<string, string>}
 */
export function providerFiles(provider) {
  const { id } = provider
  const folder = `lib/providers/${id}`
  return {
    [`${folder}/manifest.ts`]: manifest(provider),
    [`${folder}/provider.ts`]: adapter(provider),
    [`${folder}/provider.test.ts`]: contractTest(provider),
    [`${folder}/__fixtures__/errors.json`]: errors,
    [`e2e/fakes/providers/${id}.ts`]: fake(provider),
  }
}

/** @param {Parameters<typeof providerFiles>[0]} provider */
function manifest({ id, name, nameZh, baseUrl, model }) {
  return `import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const ${exportNameOf(id)}Manifest: ProviderManifestSource = {
  id: ${quoted(id)},
  kind: 'model',
  name: { en: ${quoted(name)}, 'zh-CN': ${quoted(nameZh)} },
  aliases: [${quoted(id)}],
  monogram: ${quoted(monogramOf(id))},
  protocols: [{ id: 'openai', baseUrl: ${quoted(baseUrl)}, formats: ['openai-chat'] }],
  models: [${quoted(model)}],
  takesKeys: true,
  credentials: [apiKeyForm('')],
  keyPage: null,
  options: [],
  baseUrlHints: [pastedPathHint],
  listsModels: true,
}
`
}

/** @param {string} id */
const monogramOf = (id) => id.replaceAll('-', '').slice(0, 2).toUpperCase()

/** @param {Parameters<typeof providerFiles>[0]} provider */
function adapter({ id }) {
  const name = exportNameOf(id)
  return `import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { ${name}Manifest } from './manifest.ts'

export const ${name} = createOpenAiProvider(${name}Manifest, {
  formats: ['openai-chat'],
  listsModels: true,
})
`
}

/** @param {Parameters<typeof providerFiles>[0]} provider */
function contractTest({ id }) {
  const name = exportNameOf(id)
  return `import { ${name}Fake } from '@/e2e/fakes/providers/${id}.ts'
import { describeProviderContract } from '@/lib/providers/testing/provider-contract.ts'
import { describeRecordings } from '@/lib/providers/testing/recordings.ts'
import { ${name} } from './provider.ts'

describeProviderContract(${name}, ${name}Fake)
describeRecordings(${name}, import.meta.dirname)
`
}

/** @param {Parameters<typeof providerFiles>[0]} provider */
function fake({ id, baseUrl, model }) {
  const basePath = new URL(baseUrl).pathname.replace(/\/$/, '')
  // A base without any path gets /v1.
  const operations = basePath === '' ? `  operationsPath: '/v1',\n` : ''
  return `import { openAiProvider } from './shapes/openai-provider.ts'

export const ${exportNameOf(id)}Fake = openAiProvider({
  id: ${quoted(id)},
  basePath: ${quoted(basePath)},
${operations}  key: ${quoted(`${id}-key-0001`)},
  wrongKey: ${quoted(`${id}-key-9999`)},
  models: [${quoted(model)}],
  listsModels: true,
  chat: { streamUsage: 'last-chunk-on-request' },
})
`
}

const errors = `${JSON.stringify(
  [
    {
      format: 'openai-chat',
      status: 401,
      body: { error: { message: 'Incorrect API key provided.', type: 'invalid_request_error', code: null } },
      kind: 'authentication',
      explained: 'refuses the key',
    },
  ],
  null,
  2,
)}\n`
