import {
  credentialFormOf,
  fillOptions,
  isMet,
  type OptionValues,
  presetBaseUrl,
  whyNotOffered,
} from '@/lib/domain/provider-form.ts'
import type { ProviderManifest, ProviderOption } from '@/lib/domain/provider-manifest.ts'

export type ProtocolId = ProviderManifest['protocols'][number]['id']
export type CredentialForm = ProviderManifest['credentials'][number]

export function wordsIn(words: ProviderManifest['name'], locale: string): string {
  return locale === 'zh-CN' ? words['zh-CN'] : words.en
}

export function shownOptions(manifest: ProviderManifest, options: OptionValues): readonly ProviderOption[] {
  const filled = fillOptions(manifest, options)
  return manifest.options.filter(({ when }) => isMet(when, filled))
}

export function defaultOptions(manifest: ProviderManifest): Record<string, string> {
  return Object.fromEntries(manifest.options.map((option) => [option.name, option.default ?? '']))
}

/** Address and key come from an inference service of the workspace. */
export function isAutomatic(manifest: ProviderManifest): boolean {
  return manifest.options.some(({ kind }) => kind === 'service')
}

/** The wanted protocol where it is offered, else the first that is. */
export function offeredProtocol(
  manifest: ProviderManifest,
  wanted: ProtocolId | undefined,
  options: OptionValues,
): ProtocolId {
  const filled = fillOptions(manifest, options)
  const offered = manifest.protocols.filter((protocol) => whyNotOffered(protocol, filled) === null)
  return (offered.find(({ id }) => id === wanted) ?? offered[0] ?? manifest.protocols[0])?.id ?? 'openai'
}

/** The provider's own address for these options; empty while an option that it needs is, or where people write it. */
export function presetUrl(manifest: ProviderManifest, protocol: ProtocolId, options: OptionValues): string {
  return presetBaseUrl(manifest, protocol, fillOptions(manifest, options))
}

/** The same with the options still in it: `https://{region}.example.com`. */
export function urlPattern(
  manifest: ProviderManifest,
  protocolId: ProtocolId,
  options: OptionValues,
): string {
  const filled = fillOptions(manifest, options)
  const protocol = manifest.protocols.find(({ id }) => id === protocolId)
  return protocol?.baseUrls.find(({ when }) => isMet(when, filled))?.baseUrl ?? protocol?.baseUrl ?? ''
}

/** What one key consists of; null: none is asked for. */
export function keyFormOf(
  manifest: ProviderManifest,
  protocol: ProtocolId,
  options: OptionValues,
): CredentialForm | null {
  if (!manifest.takesKeys || isAutomatic(manifest)) return null
  return credentialFormOf(manifest, protocol, fillOptions(manifest, options))
}

/** Every word of the search is somewhere in a name, an alias or the id. */
export function matchesProvider({ id, name, aliases }: ProviderManifest, search: string): boolean {
  const text = [id, name.en, name['zh-CN'], ...aliases].join(' ').toLowerCase()
  return search
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
