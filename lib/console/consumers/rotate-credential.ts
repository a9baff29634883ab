import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { credentialConfig } from '@/lib/control-plane/consumer-config.ts'
import type { Credential, RotateCredentialInput } from '@/lib/domain/consumer.ts'
import { expireCredential, removeCredential } from '@/lib/persistence/consumer-store.ts'
import { requireRoomForCredential } from './add-credential.ts'
import { changeCredentials } from './change-credentials.ts'
import { makeCredential } from './make-credential.ts'
import { requireCredential } from './require-consumer.ts'
import { credentialView } from './view-consumers.ts'

/** Another key in the same place. The old one stays valid for the grace, but no longer than it would have been. */
export async function rotateCredential(
  idOrName: string,
  credentialId: string,
  { graceSeconds, key }: RotateCredentialInput,
  caller: WorkspaceCaller,
): Promise<Credential> {
  const { result, consumer } = await changeCredentials(
    idOrName,
    caller,
    'consumer.credential-rotated',
    async (transaction, before) => {
      const { id, config, expiresAt } = requireCredential(before, credentialId)
      if (graceSeconds > 0) requireRoomForCredential(before)
      const { location } = credentialConfig.parse(config)
      const made = await makeCredential(transaction, before, { type: 'api-key', location, key }, 'key')
      const end = consoleContext().clock.now() + graceSeconds * 1000
      if (graceSeconds === 0) await removeCredential(transaction, before.workspaceId, id)
      else if (expiresAt === null || expiresAt.getTime() > end) {
        await expireCredential(transaction, before.workspaceId, id, new Date(end))
      }
      return made
    },
  )
  return credentialView(requireCredential(consumer, result.id), new Map([[result.id, result.key]]))
}
