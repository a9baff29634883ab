import { ProviderSettingsError } from './provider.ts'

/**
 * A key that consists of several fields, as its manifest's form writes it: a JSON object of texts. Surrounding space
 * is cut. The messages name fields and never quote them.
 */
export function readKeyFields<Name extends string>(
  secret: string,
  required: readonly Name[],
  optional: readonly Name[] = [],
): Record<Name, string> {
  const value = parse(secret)
  if (value === null) {
    throw new ProviderSettingsError(
      'apiKeys',
      `Write the key as a JSON object with ${required.map((name) => `"${name}"`).join(' and ')}.`,
    )
  }
  const fields: Partial<Record<Name, string>> = {}
  for (const name of [...required, ...optional]) fields[name] = textOf(value[name])
  const missing = required.find((name) => fields[name] === '')
  if (missing !== undefined) throw new ProviderSettingsError('apiKeys', `The key has no "${missing}".`)
  return fields as Record<Name, string>
}

function parse(secret: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(secret)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}
