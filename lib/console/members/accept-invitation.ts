import { hashPassword } from '@/lib/console/accounts/hash-password.ts'
import { insertPerson } from '@/lib/console/accounts/insert-person.ts'
import type { Origin } from '@/lib/console/accounts/origin.ts'
import { tokenHash } from '@/lib/console/accounts/random-token.ts'
import { sessionView } from '@/lib/console/accounts/session-view.ts'
import { clearSignInAttempts, countSignInAttempt } from '@/lib/console/accounts/sign-in-attempts.ts'
import { startSession } from '@/lib/console/accounts/start-session.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { Caller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found, notFound } from '@/lib/console/not-found.ts'
import type { Session } from '@/lib/domain/account.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { AcceptInvitationInput } from '@/lib/domain/member.ts'
import { role as roleSchema } from '@/lib/domain/role.ts'
import { findUserByEmail } from '@/lib/persistence/account-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { findOpenInvitation, markInvitationAccepted } from '@/lib/persistence/invitation-store.ts'
import { findMembership, insertMember } from '@/lib/persistence/member-store.ts'
import { createId } from '@/lib/platform/id.ts'

/**
 * Signs in with a link. Someone new gets an account with the name and password given; someone with an account
 * must give its password, because the link alone must not open it.
 */
export async function acceptInvitation(
  input: AcceptInvitationInput,
  origin: Origin,
): Promise<{ session: Session; cookies: readonly string[] }> {
  const { database } = consoleContext()
  const { email } = await requireOpenInvitation(database, input.token)
  const known = await findUserByEmail(database, email)
  if (known === null) {
    const passwordHash = await hashPassword(input.password)
    await inTransaction(database, (transaction) =>
      join(transaction, input, { id: createId('usr'), name: input.name, passwordHash }, origin),
    )
  }
  await countSignInAttempt(email, origin.address)
  const started = await startSession({ email, password: input.password, remember: true }, origin)
  if (started === null) {
    throw new AppError('unauthenticated', 'This email has an account already: give its password.')
  }
  await clearSignInAttempts(email, origin.address)
  if (known !== null) {
    await inTransaction(database, (transaction) =>
      join(transaction, input, { id: known.id, name: known.name, passwordHash: null }, origin),
    )
  }
  return { session: await sessionView(database, started.userId), cookies: started.cookies }
}

interface Person {
  readonly id: string
  readonly name: string
  /** Null: the account exists. */
  readonly passwordHash: string | null
}

async function join(
  transaction: Transaction,
  { token }: AcceptInvitationInput,
  person: Person,
  origin: Origin,
): Promise<void> {
  const invitation = await requireOpenInvitation(transaction, token)
  const { email, role, workspaceId } = invitation
  const { id, name, passwordHash } = person
  if (passwordHash !== null) {
    await insertPerson(transaction, { id, name, email, passwordHash, installationRole: null })
  }
  if ((await findMembership(transaction, workspaceId, id)) === null) {
    await insertMember(transaction, {
      id: createId('mbr'),
      workspaceId,
      userId: id,
      role: roleSchema.parse(role),
    })
  }
  const now = new Date(consoleContext().clock.now())
  if (!(await markInvitationAccepted(transaction, invitation.id, now))) throw notFound()
  const caller: Caller = {
    kind: 'user',
    id,
    name,
    session: null,
    ownsInstallation: false,
    tokenScope: null,
    ...origin,
  }
  await recordActivity(transaction, caller, {
    action: 'member.joined',
    workspaceId,
    object: { kind: 'member', id, name: email },
    changes: [{ path: 'role', before: null, after: role }],
  })
}

/** Throws `not_found` when the link is wrong, used, revoked or expired. */
export async function requireOpenInvitation(transaction: Transaction, token: string) {
  const now = new Date(consoleContext().clock.now())
  return found(await findOpenInvitation(transaction, tokenHash(token), now))
}
