import * as z from 'zod'
import { credentialLocation } from '@/lib/domain/credential-location.ts'
import { hmacCredential } from '@/lib/domain/hmac-credential.ts'
import { jwtCredential } from '@/lib/domain/jwt-credential.ts'
import type { ConsumerRow, CredentialRow } from '@/lib/persistence/consumer-store.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import type {
  ApiKeySnapshot,
  AuthorizationSnapshot,
  ConsumerSnapshot,
  HmacKeySnapshot,
  JwtKeysSnapshot,
  JwtSnapshot,
  PublicJwkSnapshot,
} from '@/lib/snapshot/consumer-snapshot.ts'
import { stringList } from './stored-json.ts'

/** The `type` and `config` columns; nothing of it is secret. */
const storedCredential = z.discriminatedUnion('type', [
  z.object({ type: z.literal('api-key'), location: credentialLocation }),
  jwtCredential,
  hmacCredential.omit({ hint: true, secret: true }),
])
export type StoredCredential = z.infer<typeof storedCredential>
type StoredJwt = Extract<StoredCredential, { type: 'jwt' }>

export function readCredential({ type, config }: Pick<CredentialRow, 'type' | 'config'>): StoredCredential {
  return storedCredential.parse({ ...(config as object), type })
}

/** What history shows of a consumer; nothing of it is secret. */
export interface ConsumerDocument {
  readonly name: string
  readonly modelApiIds: readonly string[]
  readonly credentials: ReadonlyArray<
    StoredCredential & { readonly id: string; readonly hint: string; readonly expiresAt: string | null }
  >
}

export function toConsumerDocument({ name, modelApiIds, credentials }: ConsumerRow): ConsumerDocument {
  return {
    name,
    modelApiIds: stringList(modelApiIds),
    credentials: credentials.map((row) => ({
      ...{ id: row.id, ...readCredential(row), hint: row.hint },
      expiresAt: row.expiresAt?.toISOString() ?? null,
    })),
  }
}

/** A consumer as snapshots are made of it. */
export interface ConsumerRows extends ConsumerSnapshot {
  readonly modelApiIds: readonly string[]
}

/** Secrets opened. */
export function toConsumer(row: ConsumerRow, masterKey: Buffer): ConsumerRows {
  const { id, name, workspaceId } = row
  const apiKeys: ApiKeySnapshot[] = []
  const jwts: JwtSnapshot[] = []
  const hmacKeys: HmacKeySnapshot[] = []
  for (const credential of row.credentials) {
    const { id, tokenHash, sealed } = credential
    const expiresAt = credential.expiresAt?.getTime() ?? null
    const secret = () => openSecret(masterKey, id, sealed ?? '')
    const stored = readCredential(credential)
    if (stored.type === 'jwt') jwts.push(compileJwt(id, stored, secret, expiresAt))
    else if (stored.type === 'hmac') {
      const { keyId, components, maxAgeSeconds } = stored
      hmacKeys.push({ id, keyId, secret: secret(), components, maxAgeSeconds, expiresAt })
    } else if (tokenHash !== null) {
      apiKeys.push({ id, digest: tokenHash, location: stored.location, expiresAt })
    }
  }
  return { id, name, workspaceId, modelApiIds: stringList(row.modelApiIds), apiKeys, jwts, hmacKeys }
}

function compileJwt(
  id: string,
  { type: _, keys, ...jwt }: StoredJwt,
  secret: () => string,
  expiresAt: number | null,
): JwtSnapshot {
  return { id, ...jwt, keys: compileKeys(keys, secret), expiresAt }
}

function compileKeys(keys: StoredJwt['keys'], secret: () => string): JwtKeysSnapshot {
  if (keys.from === 'url') return { from: 'url', url: keys.jwksUrl }
  if (keys.from === 'secret') return { from: 'secret', secret: secret() }
  return { from: 'jwks', keys: keys.jwks.keys satisfies readonly PublicJwkSnapshot[] }
}

export function compileConsumer({ modelApiIds: _, ...consumer }: ConsumerRows): ConsumerSnapshot {
  return consumer
}

/** Those that may call an API of this id and workspace. */
export function compileAuthorization(
  api: { readonly id: string; readonly workspaceId: string },
  consumers: readonly ConsumerRows[],
): AuthorizationSnapshot {
  const granted = consumers.filter(
    ({ workspaceId, modelApiIds }) => workspaceId === api.workspaceId && modelApiIds.includes(api.id),
  )
  return { consumerIds: granted.map(({ id }) => id) }
}
