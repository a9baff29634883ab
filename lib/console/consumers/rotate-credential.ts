import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { readCredential, type StoredCredential } from '@/lib/control-plane/consumer-config.ts'
import {
  type CreateCredentialInput,
  type Credential,
  createCredentialInput,
  type RotateCredentialInput,
} from '@/lib/domain/consumer.ts'
import { AppError } from '@/lib/domain/error.ts'
import { removeCredential, supersedeCredential } from '@/lib/persistence/consumer-store.ts'
import { requireRoomForCredential } from './add-credential.ts'
import { changeCredentials } from './change-credentials.ts'
import { makeCredential } from './make-credential.ts'
import { requireCredential } from './require-consumer.ts'
import { credentialView, madeKeys } from './view-consumers.ts'

type Given = Pick<RotateCredentialInput, 'key' | 'secret'>

/** Another secret in the same place. The old one stays valid for the grace, but no longer than it would have been. */
export async function rotateCredential(
  idOrName: string,
  credentialId: string,
  { graceSeconds, ...given }: RotateCredentialInput,
  caller: WorkspaceCaller,
): Promise<Credential> {
  const { result, consumer } = await changeCredentials(
    idOrName,
    caller,
    'consumer.credential-rotated',
    async (transaction, before) => {
      const row = requireCredential(before, credentialId)
      const { workspaceId } = before
      if (graceSeconds > 0) requireRoomForCredential(before)
      const next = rotated(readCredential(row), given)
      const end = consoleContext().clock.now() + graceSeconds * 1000
      if (graceSeconds === 0) await removeCredential(transaction, workspaceId, row.id)
      else {
        const expiresAt = new Date(Math.min(end, row.expiresAt?.getTime() ?? end))
        await supersedeCredential(transaction, workspaceId, row, expiresAt)
      }
      return await makeCredential(transaction, before, next, '')
    },
  )
  return credentialView(requireCredential(consumer, result.id), madeKeys([result]))
}

/** What stands in for it: all but the secret is as it was. Throws `invalid_input` and `conflict`. */
function rotated(stored: StoredCredential, { key, secret }: Given): CreateCredentialInput {
  if (stored.type === 'api-key') {
    if (secret === undefined) return { ...stored, key }
    throw fieldError('secret', 'unexpected', 'Give the new key of an API key as key.')
  }
  if (key !== undefined) throw fieldError('key', 'unexpected', 'Give the new secret as secret.')
  if (stored.type === 'hmac') return checked({ ...stored, secret })
  if (stored.keys.from !== 'secret') {
    const message = 'Whoever issues these tokens changes their keys. For other keys add another credential.'
    throw new AppError('conflict', message)
  }
  if (secret === undefined) throw fieldError('secret', 'missing', 'Give the new secret of the issuer.')
  return checked({ ...stored, keys: { from: 'secret', secret } })
}

/** Only the secret can be at fault: the rest has been checked before. */
function checked(input: CreateCredentialInput): CreateCredentialInput {
  const { success, data, error } = createCredentialInput.safeParse(input)
  if (success) return data
  throw fieldError('secret', 'invalid', error.issues[0]?.message ?? '')
}
