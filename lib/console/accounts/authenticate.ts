import type { Caller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { AppError } from '@/lib/domain/error.ts'
import { callerOfApiToken } from './caller-of-api-token.ts'
import type { Origin } from './origin.ts'

/** The caller of a request: by API token when it shows one, else by session cookie. Throws `unauthenticated`. */
export async function authenticate(request: Request, origin: Origin): Promise<Caller> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const token = /^Bearer +(\S{1,300})$/i.exec(authorization)?.[1]
    const caller = token === undefined ? null : await callerOfApiToken(token, origin)
    if (caller !== null) return caller
    throw new AppError('unauthenticated', 'This API token is unknown, expired or revoked.')
  }
  const caller = await callerOfSession(request, origin)
  if (caller !== null) return caller
  throw new AppError('unauthenticated', 'Sign in, or send an API token as Authorization: Bearer.')
}

async function callerOfSession(request: Request, origin: Origin): Promise<Caller | null> {
  if (!request.headers.has('cookie')) return null
  const { auth } = consoleContext()
  const found = await auth.api.getSession({ headers: request.headers, query: { disableRefresh: true } })
  if (found === null) return null
  return {
    kind: 'user',
    id: found.user.id,
    name: found.user.name,
    session: { id: found.session.id, token: found.session.token },
    ownsInstallation: found.user.installationRole === 'owner',
    tokenScope: null,
    ...origin,
  }
}
