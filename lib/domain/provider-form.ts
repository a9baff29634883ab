import type { OptionCondition, ProviderManifest, ProviderOption } from './provider-manifest.ts'

/** What forms and use cases ask of a provider's manifest. */
export type OptionValues = Readonly<Record<string, string>>
type Words = ProviderOption['label']

export interface OptionIssue {
  readonly option: string
  readonly message: Words
}

/** The options that apply, with defaults for those left out; whatever the manifest does not know is left out. */
export function fillOptions(manifest: ProviderManifest, given: OptionValues): OptionValues {
  const filled: Record<string, string> = {}
  for (const { name, default: preset, when } of manifest.options) {
    if (!isMet(when, filled)) continue
    const value = (given[name] ?? '').trim() || (preset ?? '')
    if (value !== '') filled[name] = value
  }
  return filled
}

/** `options` filled. */
export function checkOptions(manifest: ProviderManifest, options: OptionValues): readonly OptionIssue[] {
  return manifest.options
    .filter(({ when }) => isMet(when, options))
    .flatMap((option) => {
      const message = faultOf(option, options[option.name] ?? '')
      return message === null ? [] : [{ option: option.name, message }]
    })
}

function faultOf({ label, kind, choices, required, pattern }: ProviderOption, value: string): Words | null {
  if (value === '')
    return required ? { en: `Write ${label.en}.`, 'zh-CN': `请填写${label['zh-CN']}。` } : null
  const allowed = kind === 'switch' ? ['true', 'false'] : choices.map((choice) => choice.value)
  if ((kind === 'switch' || kind === 'select') && !allowed.includes(value)) {
    return { en: `Choose one of ${allowed.join(', ')}.`, 'zh-CN': `请选择：${allowed.join('、')}。` }
  }
  return pattern === null || new RegExp(`^(?:${pattern.source})$`, 'u').test(value) ? null : pattern.message
}

/** The base URL for options filled; empty where people write it. */
export function presetBaseUrl(
  manifest: ProviderManifest,
  protocolId: ProviderManifest['protocols'][number]['id'],
  options: OptionValues,
): string {
  const protocol = manifest.protocols.find(({ id }) => id === protocolId)
  if (protocol === undefined) return ''
  const template = protocol.baseUrls.find(({ when }) => isMet(when, options))?.baseUrl ?? protocol.baseUrl
  const names = [...template.matchAll(/\{([A-Za-z]+)\}/g)].map((match) => match[1] ?? '')
  if (names.some((name) => (options[name] ?? '') === '')) return ''
  return template.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => options[name] ?? '')
}

/** Why a protocol is not offered with these options; null: it is. */
export function whyNotOffered(
  protocol: ProviderManifest['protocols'][number],
  options: OptionValues,
): Words | null {
  return protocol.except !== null && isMet(protocol.except.when, options) ? protocol.except.reason : null
}

/** What one key consists of; null: the provider takes none. */
export function credentialFormOf(
  manifest: ProviderManifest,
  protocolId: ProviderManifest['protocols'][number]['id'],
  options: OptionValues,
) {
  return (
    manifest.credentials.find(
      ({ protocol, when }) => (protocol === null || protocol === protocolId) && isMet(when, options),
    ) ?? null
  )
}

/** What a base URL has by mistake; null: nothing that is known. */
export function baseUrlHint(manifest: ProviderManifest, baseUrl: string): Words | null {
  return manifest.baseUrlHints.find(({ pattern }) => new RegExp(pattern, 'u').test(baseUrl))?.message ?? null
}

/**
 * The provider whose key this is by its look; null where it may well be of `manifest`. Of several, the one with the
 * longest beginning.
 */
export function otherOwnerOf(
  key: string,
  manifest: ProviderManifest,
  manifests: readonly ProviderManifest[],
): ProviderManifest | null {
  let owner: ProviderManifest | null = null
  let length = 0
  for (const candidate of manifests) {
    for (const { prefix } of candidate.credentials) {
      if (prefix === null || !key.startsWith(prefix) || prefix.length < length) continue
      // Of two equally long, the one that was chosen is right.
      if (prefix.length === length && candidate.id !== manifest.id) continue
      owner = candidate
      length = prefix.length
    }
  }
  return owner === null || owner.id === manifest.id ? null : owner
}

export function isMet(condition: OptionCondition | null, options: OptionValues): boolean {
  return condition === null || condition.in.includes(options[condition.option] ?? '')
}

/** The base URL without the path that was pasted with it; null: nothing that can be cut off alone. */
export function repairedBaseUrl(manifest: ProviderManifest, baseUrl: string): string | null {
  for (const { pattern } of manifest.baseUrlHints) {
    const found = new RegExp(pattern, 'u').exec(baseUrl)
    if (found === null || found.index === 0) continue
    const rest = baseUrl.slice(0, found.index)
    const isEnding = found[0].startsWith('/') && found.index + found[0].length === baseUrl.length
    return isEnding && URL.canParse(rest) && baseUrlHint(manifest, rest) === null ? rest : null
  }
  return null
}
