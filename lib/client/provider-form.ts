import type { Locale } from 'use-intl'
import type { ProviderManifest, ProviderOption } from '@/lib/domain/provider-manifest.ts'

export type Options = Readonly<Record<string, string>>
export type ProtocolId = ProviderManifest['protocols'][number]['id']
type Condition = NonNullable<ProviderOption['when']>
type Words = ProviderManifest['name']
export type CredentialForm = ProviderManifest['credentials'][number]

export function wordsIn(words: Words, locale: Locale | string): string {
  return locale === 'zh-CN' ? words['zh-CN'] : words.en
}

/** A value that was never chosen counts as the option's default. */
export function optionValue(manifest: ProviderManifest, options: Options, name: string): string {
  const own = options[name]
  if (own !== undefined && own !== '') return own
  return manifest.options.find((option) => option.name === name)?.default ?? ''
}

function applies(manifest: ProviderManifest, options: Options, when: Condition | null): boolean {
  return when === null || when.in.includes(optionValue(manifest, options, when.option))
}

export function shownOptions(manifest: ProviderManifest, options: Options): readonly ProviderOption[] {
  return manifest.options.filter(({ when }) => applies(manifest, options, when))
}

export function defaultOptions(manifest: ProviderManifest): Record<string, string> {
  return Object.fromEntries(manifest.options.map((option) => [option.name, option.default ?? '']))
}

/** What is sent: options that are shown and have a value. */
export function sentOptions(manifest: ProviderManifest, options: Options): Record<string, string> {
  return Object.fromEntries(
    shownOptions(manifest, options)
      .map(({ name }) => [name, optionValue(manifest, options, name).trim()] as const)
      .filter(([, value]) => value !== ''),
  )
}

/** Address and key come from an inference service of the workspace. */
export function isAutomatic(manifest: ProviderManifest): boolean {
  return manifest.options.some(({ kind }) => kind === 'service')
}

/** Why a protocol is not offered with these options; null when it is. */
export function protocolRefusal(
  manifest: ProviderManifest,
  protocolId: ProtocolId,
  options: Options,
): Words | null {
  const except = manifest.protocols.find(({ id }) => id === protocolId)?.except
  return except && applies(manifest, options, except.when) ? except.reason : null
}

/** The wanted protocol where it is offered, else the first that is. */
export function offeredProtocol(
  manifest: ProviderManifest,
  wanted: ProtocolId | undefined,
  options: Options,
): ProtocolId {
  const offered = manifest.protocols.filter(({ id }) => protocolRefusal(manifest, id, options) === null)
  return (offered.find(({ id }) => id === wanted) ?? offered[0] ?? manifest.protocols[0])?.id ?? 'openai'
}

/** The provider's own address as a pattern: `https://{region}.example.com`. Empty: written by hand. */
export function urlPattern(manifest: ProviderManifest, protocolId: ProtocolId, options: Options): string {
  const protocol = manifest.protocols.find(({ id }) => id === protocolId)
  const special = protocol?.baseUrls.find(({ when }) => applies(manifest, options, when))
  return special?.baseUrl ?? protocol?.baseUrl ?? ''
}

/** The provider's own address for these options; empty while an option that it needs is. */
export function presetUrl(manifest: ProviderManifest, protocolId: ProtocolId, options: Options): string {
  let missing = false
  const url = urlPattern(manifest, protocolId, options).replaceAll(/\{([\w-]+)\}/g, (_, name: string) => {
    const value = optionValue(manifest, options, name).trim()
    missing ||= value === ''
    return value
  })
  return missing ? '' : url
}

export function urlHint(manifest: ProviderManifest, url: string): Words | null {
  return manifest.baseUrlHints.find(({ pattern }) => new RegExp(pattern).test(url.trim()))?.message ?? null
}

/** What one key consists of, with these options. */
export function credentialFormOf(
  manifest: ProviderManifest,
  protocolId: ProtocolId | undefined,
  options: Options,
): CredentialForm | null {
  if (!manifest.takesKeys) return null
  const offered = offeredProtocol(manifest, protocolId, options)
  return (
    manifest.credentials.find(
      ({ protocol, when }) => (protocol === null || protocol === offered) && applies(manifest, options, when),
    ) ?? null
  )
}

/** The provider that a key looks like when that is another one: the longest prefix decides. */
export function lookalike(
  manifests: readonly ProviderManifest[],
  manifest: ProviderManifest,
  key: string,
): ProviderManifest | null {
  const matches = manifests.flatMap((candidate) =>
    candidate.credentials
      .map(({ prefix }) => prefix)
      .filter((prefix) => prefix !== null && prefix !== '' && key.trim().startsWith(prefix))
      .map((prefix) => ({ candidate, length: prefix?.length ?? 0 })),
  )
  const longest = Math.max(0, ...matches.map(({ length }) => length))
  const best = matches.filter(({ length }) => length === longest).map(({ candidate }) => candidate)
  return best.includes(manifest) ? null : (best[0] ?? null)
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
