import type { ProviderManifestSource } from './provider-manifest.ts'

/** What many manifests have in common, as data. */
type CredentialForm = NonNullable<ProviderManifestSource['credentials']>[number]
type BaseUrlHint = NonNullable<ProviderManifestSource['baseUrlHints']>[number]

const apiKeyField = {
  name: 'apiKey',
  label: { en: 'API key', 'zh-CN': 'API Key' },
  kind: 'secret',
} as const

/** One secret. `prefix` only where no other provider's keys begin so. */
export function apiKeyForm(placeholder: string, prefix: string | null = null): CredentialForm {
  return { fields: [{ ...apiKeyField, placeholder }], prefix }
}

/** For bases that operations are appended to. */
export const pastedPathHint: BaseUrlHint = {
  pattern: '/(chat/completions|completions|embeddings|messages|responses|models)/*$',
  message: {
    en: 'Paste the base, not the path: the address ends before /chat/completions.',
    'zh-CN': '请粘贴基础地址，不含路径：地址应止于 /chat/completions 之前。',
  },
}

/** For providers whose base has a path of its own. */
export function missingPathHint(path: string): BaseUrlHint {
  return {
    pattern: '^https?://[^/?]+/?$',
    message: {
      en: `The address of this provider usually ends with ${path}.`,
      'zh-CN': `该供应商的地址通常以 ${path} 结尾。`,
    },
  }
}
