import { type Caller, requireUser } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Session } from '@/lib/domain/account.ts'
import { sessionView } from './session-view.ts'

/** The session, and the `Set-Cookie` values that prolong it once a day. */
export async function getSession(
  caller: Caller,
  requestHeaders: Headers,
): Promise<{ session: Session; cookies: readonly string[] }> {
  const user = requireUser(caller)
  const { auth, database } = consoleContext()
  const answer = await auth.api.getSession({ headers: requestHeaders, returnHeaders: true })
  return { session: await sessionView(database, user.id), cookies: answer.headers.getSetCookie() }
}
