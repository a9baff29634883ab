import { randomToken, tokenHash, tokenHint } from '@/lib/console/accounts/random-token.ts'
import type { Caller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { sealSecret } from '@/lib/persistence/sealed-secret.ts'
import { insertServiceToken } from '@/lib/persistence/service-token-store.ts'
import { createId } from '@/lib/platform/id.ts'

/** A new active token: hashed for looking it up, sealed for revealing it. Null: without a rate limit. Returns its id. */
export async function makeServiceToken(
  transaction: Transaction,
  serviceId: string,
  caller: Caller,
  requestsPerSecond: number | null = null,
): Promise<string> {
  const { clock, masterKey } = consoleContext()
  const token = randomToken('ek_live_')
  const id = createId('key', clock.now())
  await insertServiceToken(transaction, {
    id,
    serviceId,
    tokenHash: tokenHash(token),
    sealed: sealSecret(masterKey, id, token),
    hint: tokenHint(token),
    createdByName: caller.name,
    requestsPerSecond,
    createdAt: new Date(clock.now()),
  })
  return id
}
