import { consoleContext } from '@/lib/console/console-context.ts'
import type { Origin } from './origin.ts'

export interface StartedSession {
  readonly userId: string
  /** `Set-Cookie` values. */
  readonly cookies: readonly string[]
}

/** Checks the password and starts a session; null when email or password is wrong. */
export async function startSession(
  { email, password, remember }: { email: string; password: string; remember: boolean },
  { address, userAgent }: Pick<Origin, 'address' | 'userAgent'>,
): Promise<StartedSession | null> {
  const { auth } = consoleContext()
  const headers = new Headers()
  if (address !== null) headers.set('x-forwarded-for', address)
  if (userAgent !== null) headers.set('user-agent', userAgent)
  try {
    const answer = await auth.api.signInEmail({
      body: { email, password, rememberMe: remember },
      headers,
      returnHeaders: true,
    })
    return { userId: answer.response.user.id, cookies: answer.headers.getSetCookie() }
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 401
}
