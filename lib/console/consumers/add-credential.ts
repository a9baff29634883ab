import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { type CreateCredentialInput, type Credential, credentialsMax } from '@/lib/domain/consumer.ts'
import type { ConsumerRow } from '@/lib/persistence/consumer-store.ts'
import { changeCredentials } from './change-credentials.ts'
import { makeCredential } from './make-credential.ts'
import { requireCredential } from './require-consumer.ts'
import { credentialView, madeKeys } from './view-consumers.ts'

/** The key stands in this answer and nowhere else. */
export async function addCredential(
  idOrName: string,
  input: CreateCredentialInput,
  caller: WorkspaceCaller,
): Promise<Credential> {
  const { result, consumer } = await changeCredentials(
    idOrName,
    caller,
    'consumer.credential-added',
    (transaction, before) => {
      requireRoomForCredential(before)
      return makeCredential(transaction, before, input, '')
    },
  )
  return credentialView(requireCredential(consumer, result.id), madeKeys([result]))
}

export function requireRoomForCredential({ credentials }: ConsumerRow): void {
  if (credentials.length < credentialsMax) return
  throw fieldError('type', 'too_many', `A consumer has at most ${credentialsMax} credentials.`)
}
