import { randomToken, tokenHint } from '@/lib/console/accounts/random-token.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { CreateCredentialInput } from '@/lib/domain/consumer.ts'
import { AppError } from '@/lib/domain/error.ts'
import { insertCredential, isDigestTaken } from '@/lib/persistence/consumer-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { createId } from '@/lib/platform/id.ts'
import { apiKeyDigest } from '@/lib/snapshot/api-key-digest.ts'

export interface MadeCredential {
  readonly id: string
  /** Secret: nothing but this answer knows it. */
  readonly key: string
}

/** The key is kept as its digest alone. Throws `conflict`, which names `path`, when another credential has it. */
export async function makeCredential(
  transaction: Transaction,
  consumer: { readonly id: string; readonly workspaceId: string },
  { type, location, key: given }: CreateCredentialInput,
  path: string,
): Promise<MadeCredential> {
  const { clock } = consoleContext()
  const key = given ?? randomToken('ck_live_')
  const digest = apiKeyDigest(consumer.workspaceId, key)
  if (await isDigestTaken(transaction, digest)) throw keyTaken(path)
  const id = createId('key', clock.now())
  await insertCredential(transaction, {
    id,
    consumerId: consumer.id,
    type,
    config: { location },
    tokenHash: digest,
    hint: tokenHint(key),
    createdAt: new Date(clock.now()),
  })
  return { id, key }
}

function keyTaken(path: string): AppError {
  const message = 'This key is in use already. Choose another one.'
  return new AppError('conflict', message, { invalidFields: [{ path, code: 'taken', message }] })
}
