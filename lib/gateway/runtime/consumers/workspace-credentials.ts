import type { KeyObject } from 'node:crypto'
import { createSecretKey } from 'node:crypto'
import type { CredentialLocation, HmacKeySnapshot, JwtSnapshot } from '@/lib/snapshot/consumer-snapshot.ts'
import type { ConsumerRuntime } from './consumer-runtime.ts'
import type { SeenSignatures } from './seen-signatures.ts'
import type { VerificationKeys } from './verification-keys.ts'

/** What a token has to say to prove a consumer, and the keys that prove the token. */
export interface JwtCredential extends Omit<JwtSnapshot, 'keys'> {
  readonly keys: VerificationKeys
  readonly consumer: ConsumerRuntime
}

export interface HmacKey extends Omit<HmacKeySnapshot, 'secret'> {
  readonly secret: KeyObject
  readonly consumer: ConsumerRuntime
}

/** Of a message (RFC 9421, RFC 9530); whoever signs for the gateway signs nothing for the service. */
const signatureFields = ['signature', 'signature-input', 'content-digest']

/** What consumers of one workspace prove themselves with, besides API keys, and where all of it may stand. */
export class WorkspaceCredentials {
  /** Besides the usual ones, in lower case. */
  readonly headers = new Set<string>()
  readonly queries = new Set<string>()
  /** Headers that go no further. */
  readonly taken = new Set<string>()
  /** Credentials by claim and by what it says. */
  readonly jwts = new Map<string, Map<string, JwtCredential[]>>()
  /** By `keyid`; several while one is rotated. */
  readonly hmacKeys = new Map<string, HmacKey[]>()
  readonly seen: SeenSignatures

  constructor(seen: SeenSignatures) {
    this.seen = seen
  }

  addLocation(location: CredentialLocation): void {
    if (location.in === 'query') this.queries.add(location.name)
    if (location.in !== 'header') return
    this.headers.add(location.name)
    this.taken.add(location.name)
  }

  addJwt(jwt: JwtSnapshot, consumer: ConsumerRuntime, keys: VerificationKeys): void {
    const values = this.jwts.get(jwt.claim) ?? new Map<string, JwtCredential[]>()
    this.jwts.set(jwt.claim, values)
    values.set(jwt.value, [...(values.get(jwt.value) ?? []), { ...jwt, keys, consumer }])
    this.addLocation(jwt.location)
  }

  addHmacKey(key: HmacKeySnapshot, consumer: ConsumerRuntime): void {
    const secret = createSecretKey(key.secret, 'utf8')
    this.hmacKeys.set(key.keyId, [...(this.hmacKeys.get(key.keyId) ?? []), { ...key, secret, consumer }])
    for (const name of signatureFields) this.taken.add(name)
  }
}
