import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { Caller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { insertOwnedWorkspace } from '@/lib/console/workspaces/insert-owned-workspace.ts'
import type { Session, SetupInput } from '@/lib/domain/account.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { removeSetting } from '@/lib/persistence/installation-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { hashPassword } from './hash-password.ts'
import { insertPerson } from './insert-person.ts'
import type { Origin } from './origin.ts'
import { sessionView } from './session-view.ts'
import { requireOpenSetup, setupLinkKey } from './setup-link.ts'
import { startSession } from './start-session.ts'

/** Makes the first owner, and a workspace if one is wanted, and signs in. */
export async function setUp(
  input: SetupInput,
  origin: Origin,
): Promise<{ session: Session; cookies: readonly string[] }> {
  const { database } = consoleContext()
  // Before the costly hash, so that wrong links cost nothing.
  await requireOpenSetup(database, input.token)
  const passwordHash = await hashPassword(input.password)
  const { name, email } = input
  const owner: Caller = {
    kind: 'user',
    id: createId('usr'),
    name,
    session: null,
    ownsInstallation: true,
    tokenScope: null,
    ...origin,
  }
  await inTransaction(database, async (transaction) => {
    await requireOpenSetup(transaction, input.token)
    await insertPerson(transaction, {
      id: String(owner.id),
      name,
      email,
      passwordHash,
      installationRole: 'owner',
    })
    await removeSetting(transaction, setupLinkKey)
    await recordActivity(transaction, owner, {
      action: 'installation.set-up',
      workspaceId: null,
      object: { kind: 'user', id: String(owner.id), name: email },
    })
    if (input.workspace) await insertOwnedWorkspace(transaction, input.workspace, owner)
  })
  const started = await startSession({ email, password: input.password, remember: true }, origin)
  return { session: await sessionView(database, String(owner.id)), cookies: started?.cookies ?? [] }
}
