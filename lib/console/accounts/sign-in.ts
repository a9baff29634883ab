import { consoleContext } from '@/lib/console/console-context.ts'
import type { Session, SignInInput } from '@/lib/domain/account.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { Origin } from './origin.ts'
import { sessionView } from './session-view.ts'
import { clearSignInAttempts, countSignInAttempt } from './sign-in-attempts.ts'
import { startSession } from './start-session.ts'

/** Takes as long for an unknown address as for a known one, and answers the same. */
export async function signIn(
  input: SignInInput,
  origin: Origin,
): Promise<{ session: Session; cookies: readonly string[] }> {
  await countSignInAttempt(input.email, origin.address)
  const started = await startSession(input, origin)
  if (started === null) throw new AppError('unauthenticated', 'Email or password is wrong.')
  await clearSignInAttempts(input.email, origin.address)
  const { database } = consoleContext()
  return { session: await sessionView(database, started.userId), cookies: started.cookies }
}
