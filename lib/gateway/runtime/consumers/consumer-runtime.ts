import type {
  ApiKeySnapshot,
  ConsumerSnapshot,
  CredentialLocation,
} from '@/lib/snapshot/consumer-snapshot.ts'

/** A key and whom it proves. */
export interface ConsumerKey {
  readonly digest: string
  readonly location: CredentialLocation
  readonly expiresAt: number | null
  readonly consumer: ConsumerRuntime
}

/** A consumer, prepared; the same object over snapshots that say the same of it. */
export class ConsumerRuntime {
  readonly line: string
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  readonly keys: readonly ConsumerKey[]
  readonly jwts: ConsumerSnapshot['jwts']
  readonly hmacKeys: ConsumerSnapshot['hmacKeys']

  constructor(line: string, { id, name, workspaceId, apiKeys, jwts, hmacKeys }: ConsumerSnapshot) {
    this.line = line
    this.id = id
    this.name = name
    this.workspaceId = workspaceId
    this.jwts = jwts
    this.hmacKeys = hmacKeys
    this.keys = apiKeys.map(({ digest, location, expiresAt }: ApiKeySnapshot) => ({
      ...{ digest, location, expiresAt },
      consumer: this,
    }))
  }
}
