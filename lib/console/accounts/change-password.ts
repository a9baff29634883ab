import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { type Caller, requireUser } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { ChangePasswordInput } from '@/lib/domain/account.ts'
import { AppError } from '@/lib/domain/error.ts'
import { getPasswordHash, removeOtherSessions, setPasswordHash } from '@/lib/persistence/account-store.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { hashPassword, isPassword } from './hash-password.ts'
import { countSignInAttempt } from './sign-in-attempts.ts'

/** Ends every other session of the person. */
export async function changePassword(input: ChangePasswordInput, caller: Caller): Promise<void> {
  const { id } = requireUser(caller)
  const { database } = consoleContext()
  // A stolen session must not become a way to guess the password.
  await countSignInAttempt(`password-of:${id}`, caller.address)
  const current = await getPasswordHash(database, id)
  if (current === null || !(await isPassword(input.currentPassword, current))) {
    const message = 'This is not your current password.'
    throw new AppError('invalid_input', message, {
      invalidFields: [{ path: 'currentPassword', code: 'wrong_password', message }],
    })
  }
  const passwordHash = await hashPassword(input.newPassword)
  await inTransaction(database, async (transaction) => {
    await setPasswordHash(transaction, id, passwordHash)
    await removeOtherSessions(transaction, id, caller.session?.id ?? null)
    await recordActivity(transaction, caller, {
      action: 'account.password-changed',
      workspaceId: null,
      object: { kind: 'user', id, name: caller.name },
      changes: [{ path: 'password', before: 'replaced', after: 'replaced' }],
    })
  })
}
