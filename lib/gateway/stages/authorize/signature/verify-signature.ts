import { createHmac, timingSafeEqual } from 'node:crypto'
import { refusal } from '@/lib/gateway/error.ts'
import type { HmacKey, WorkspaceCredentials } from '@/lib/gateway/runtime/consumers/workspace-credentials.ts'
import { combinedField, type SignedMessage, signatureBase } from './signature-base.ts'
import { readContentDigest, SignedBody } from './signed-body.ts'
import {
  bytesOf,
  type Dictionary,
  type InnerList,
  type Parameters,
  parseDictionary,
} from './structured-fields.ts'

export interface VerifiedSignature {
  readonly key: HmacKey
  /** Null: nothing is demanded of the body. */
  readonly body: SignedBody | null
}

/** How far the clock of a client may be ahead. */
const aheadSecondsMax = 60
/** Of one request; others may sign it for purposes of their own. */
const signaturesMax = 8

/**
 * Finds the signature (RFC 9421) whose `keyid` the workspace knows, and verifies it. Null where there is none. Throws
 * `credential_rejected`, `credential_expired`, `signature_replayed` and `overloaded`.
 */
export function verifySignature(
  { hmacKeys, seen }: WorkspaceCredentials,
  message: SignedMessage,
  now: number,
): VerifiedSignature | null {
  const { rawHeaders } = message.exchange
  const field = combinedField(rawHeaders, 'signature-input')
  const inputs = field === null ? null : parseDictionary(field)
  if (inputs === null) return null
  const found = findKnown(inputs, hmacKeys)
  if (found === null) return null
  const { label, input, keys } = found
  const signature = bytesOf(parseDictionary(combinedField(rawHeaders, 'signature') ?? '')?.get(label))
  if (signature === null) throw rejected(`Signature has no ${label}, which Signature-Input names.`)
  const seconds = Math.floor(now / 1000)
  const created = createdOf(input.parameters, seconds)
  const base = signatureBase(message, input)
  const key = keys.find(({ secret }) => {
    const made = createHmac('sha256', secret).update(base).digest()
    return made.length === signature.length && timingSafeEqual(made, signature)
  })
  if (key === undefined) throw rejected('The signature is not that of this request by this key.')
  if (seconds - created > key.maxAgeSeconds) {
    throw refusal(
      'credential_expired',
      `The signature is older than ${key.maxAgeSeconds} seconds. Sign anew.`,
    )
  }
  const covered = new Set(input.items.map(({ bare }) => bare.value))
  checkCovered(key, covered, message.request.url)
  remember(seen.add(signature, created + key.maxAgeSeconds, seconds))
  return { key, body: bodyOf(key, covered, rawHeaders) }
}

interface Known {
  readonly label: string
  readonly input: InnerList
  readonly keys: readonly HmacKey[]
}

function findKnown(inputs: Dictionary, hmacKeys: ReadonlyMap<string, readonly HmacKey[]>): Known | null {
  let count = 0
  for (const [label, input] of inputs) {
    count += 1
    if (count > signaturesMax) return null
    const keyId = 'items' in input ? input.parameters.get('keyid') : undefined
    const keys = keyId?.type === 'string' ? hmacKeys.get(String(keyId.value)) : undefined
    if (keys !== undefined && 'items' in input) return { label, input, keys }
  }
  return null
}

/** Seconds since the epoch. */
function createdOf(parameters: Parameters, seconds: number): number {
  const algorithm = parameters.get('alg')
  if (algorithm !== undefined && algorithm.value !== 'hmac-sha256') {
    throw rejected('This key signs with hmac-sha256 alone.')
  }
  const created = parameters.get('created')
  if (created?.type !== 'integer') throw rejected('The signature does not say when it was created.')
  const at = Number(created.value)
  if (at - seconds > aheadSecondsMax) {
    throw rejected('The signature was created in the future. Set the clock of the client.')
  }
  const expires = parameters.get('expires')
  if (expires === undefined) return at
  if (expires.type !== 'integer') throw rejected('The signature has an `expires` that is no time.')
  if (Number(expires.value) <= seconds)
    throw refusal('credential_expired', 'The signature has expired. Sign anew.')
  return at
}

/** What else a covered component says. */
const sayingAlso: ReadonlyMap<string, readonly string[]> = new Map([
  ['@authority', ['@target-uri']],
  ['@path', ['@target-uri', '@request-target']],
  ['@query', ['@target-uri', '@request-target']],
])

function checkCovered({ components }: HmacKey, covered: ReadonlySet<unknown>, url: string): void {
  for (const name of components) {
    if (name === 'content-digest' || (name === '@query' && !url.includes('?'))) continue
    if (covered.has(name) || sayingAlso.get(name)?.some((other) => covered.has(other))) continue
    throw rejected(`The signature does not cover "${name}", which this key demands.`)
  }
}

function bodyOf(
  { components }: HmacKey,
  covered: ReadonlySet<unknown>,
  rawHeaders: readonly string[],
): SignedBody | null {
  if (covered.has('content-digest')) {
    return readContentDigest(combinedField(rawHeaders, 'content-digest') ?? '')
  }
  return components.includes('content-digest') ? new SignedBody(null) : null
}

function remember(answer: 'new' | 'seen' | 'full'): void {
  if (answer === 'seen') {
    throw refusal(
      'signature_replayed',
      'This signature has been used. Sign each request anew, with a `nonce` where two are alike.',
    )
  }
  if (answer === 'full') {
    throw refusal('overloaded', 'This node remembers as many signatures as it can. Try again.')
  }
}

function rejected(message: string): Error {
  return refusal('credential_rejected', message)
}
