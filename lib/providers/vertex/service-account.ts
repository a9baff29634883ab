import { createPrivateKey, type KeyObject } from 'node:crypto'
import { isJsonObject } from '@/lib/protocols/json.ts'
import { ProviderSettingsError } from '@/lib/providers/provider.ts'

/** Of a service account's key, as Google's console downloads it: what signs, and for whom. */
export interface ServiceAccount {
  readonly projectId: string
  readonly clientEmail: string
  /** Null where the key has none. */
  readonly keyId: string | null
  readonly key: KeyObject
  /** Where assertions are exchanged for access tokens. */
  readonly tokenUri: string
}

const usualTokenUri = 'https://oauth2.googleapis.com/token'

/** Throws `ProviderSettingsError`; its messages name fields and never quote them. */
export function readServiceAccount(text: string): ServiceAccount {
  const document = parse(text)
  if (document === null) {
    throw refuse('This is not a JSON document. Paste the whole key file of the service account.')
  }
  if (document['type'] !== 'service_account') {
    throw refuse('This is not the key of a service account: its "type" is not "service_account".')
  }
  const keyId = document['private_key_id']
  return {
    projectId: required(document, 'project_id'),
    clientEmail: required(document, 'client_email'),
    keyId: typeof keyId === 'string' && keyId !== '' ? keyId : null,
    key: privateKey(required(document, 'private_key')),
    tokenUri: tokenUri(document['token_uri'] ?? usualTokenUri),
  }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

function required(document: Record<string, unknown>, name: string): string {
  const value = document[name]
  if (typeof value === 'string' && value !== '') return value
  throw refuse(`The service account’s key has no "${name}". Paste the whole key file.`)
}

/** Google's are RSA of 2048 bits; RS256 wants no fewer (RFC 7518, 3.3). */
function privateKey(pem: string): KeyObject {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw refuse('The "private_key" of the service account is no private key in PEM.')
  }
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
    throw refuse('The "private_key" of the service account must be an RSA key of at least 2048 bits.')
  }
  return key
}

/** An assertion is worth a token: it leaves the host only in TLS. */
function tokenUri(value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null
  const isLocal = url !== null && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return url.href
  throw refuse('The "token_uri" of the service account must be an https address.')
}

function refuse(message: string): ProviderSettingsError {
  return new ProviderSettingsError('apiKeys', message)
}
