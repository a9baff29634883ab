import { type Authorization, type Credential, ProviderSettingsError } from '@/lib/providers/provider.ts'

/** Visible ASCII: what a header's value may hold without doubt. */
const visible = /^[\x21-\x7e]+$/

/** Throws `ProviderSettingsError` on text that no key is. */
export function refuseUnsendable(secret: string): void {
  if (/^bearer\s/i.test(secret)) {
    throw new ProviderSettingsError('apiKeys', 'Write the key alone, without the word Bearer.')
  }
  if (!visible.test(secret)) {
    throw new ProviderSettingsError('apiKeys', 'A key is one word of letters, digits and signs.')
  }
}

/** The same header on every request. */
export function headerCredential(name: string, value: string): Credential {
  const authorization: Authorization = { headers: [name, value], query: '' }
  return { authorize: () => authorization }
}

/** RFC 6750. */
export function bearerCredential(secret: string): Credential {
  refuseUnsendable(secret)
  return headerCredential('authorization', `Bearer ${secret}`)
}
