import { randomToken, tokenHint } from '@/lib/console/accounts/random-token.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { StoredCredential } from '@/lib/control-plane/consumer-config.ts'
import type { CreateCredentialInput } from '@/lib/domain/consumer.ts'
import { AppError } from '@/lib/domain/error.ts'
import { insertCredential, isDigestTaken } from '@/lib/persistence/consumer-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { sealSecret } from '@/lib/persistence/sealed-secret.ts'
import { createId } from '@/lib/platform/id.ts'
import { apiKeyDigest } from '@/lib/snapshot/api-key-digest.ts'
import { checkJwks } from './check-jwks.ts'

export interface MadeCredential {
  readonly id: string
  /** Secret: the key of an API key, the secret of HMAC. Null where nothing was made. */
  readonly key: string | null
}

interface Plan {
  readonly stored: StoredCredential
  /** What no other credential may have, and which field is at fault then. */
  readonly digest: string
  readonly field: string
  /** Kept, to be opened by nodes; null where its digest is enough, or there is none. */
  readonly secret: string | null
  readonly hint: string
  readonly made: string | null
}

/**
 * The key of an API key is kept as its digest alone, other secrets are sealed. Throws `invalid_input` and `conflict`,
 * their fields below `prefix`. `place`: among those that are made at once, which are listed by their time.
 */
export async function makeCredential(
  transaction: Transaction,
  consumer: { readonly id: string; readonly workspaceId: string },
  input: CreateCredentialInput,
  prefix: string,
  place = 0,
): Promise<MadeCredential> {
  const { clock, masterKey } = consoleContext()
  const now = clock.now() + place
  const plan = planCredential(consumer.workspaceId, input, prefix)
  const { type, ...config } = plan.stored
  if (await isDigestTaken(transaction, plan.digest)) throw taken(input, prefix + plan.field)
  const id = createId('key', now)
  await insertCredential(transaction, {
    ...{ id, type, config, consumerId: consumer.id },
    tokenHash: plan.digest,
    sealed: plan.secret === null ? null : sealSecret(masterKey, id, plan.secret),
    hint: plan.hint,
    createdAt: new Date(now),
  })
  return { id, key: plan.made }
}

function planCredential(workspaceId: string, input: CreateCredentialInput, prefix: string): Plan {
  if (input.type === 'jwt') return planJwt(workspaceId, input, prefix)
  if (input.type === 'hmac') {
    const { secret = randomToken('ck_live_'), ...stored } = input
    const digest = apiKeyDigest(workspaceId, `hmac\n${stored.keyId}`)
    return { stored, digest, field: 'keyId', secret, hint: tokenHint(secret), made: secret }
  }
  const { type, location, key = randomToken('ck_live_') } = input
  const digest = apiKeyDigest(workspaceId, key)
  return { stored: { type, location }, digest, field: 'key', secret: null, hint: tokenHint(key), made: key }
}

function planJwt(
  workspaceId: string,
  { keys, ...input }: Extract<CreateCredentialInput, { type: 'jwt' }>,
  prefix: string,
): Plan {
  if (keys.from === 'jwks') checkJwks(keys.jwks.keys, input.algorithms, prefix)
  const secret = keys.from === 'secret' ? keys.secret : null
  const { issuer, claim, value } = input
  return {
    stored: { ...input, keys: keys.from === 'secret' ? { from: 'secret' } : keys },
    digest: apiKeyDigest(workspaceId, `jwt\n${JSON.stringify([keys, issuer, claim, value])}`),
    ...{ field: 'value', secret, hint: '', made: null },
  }
}

function taken({ type }: CreateCredentialInput, path: string): AppError {
  const message = takenMessages[type]
  return new AppError('conflict', message, { invalidFields: [{ path, code: 'taken', message }] })
}

const takenMessages = {
  'api-key': 'This key is in use already. Choose another one.',
  hmac: 'This key id is in use already. Choose another one.',
  jwt: 'Tokens that say this prove a consumer already.',
} as const
