import type { Caller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { role } from '@/lib/domain/role.ts'
import { findApiTokenByHash, touchApiToken } from '@/lib/persistence/api-token-store.ts'
import type { Origin } from './origin.ts'
import { isTokenOf, tokenHash } from './random-token.ts'

/** Null when the token is unknown, expired or revoked. */
export async function callerOfApiToken(token: string, origin: Origin): Promise<Caller | null> {
  const { database, clock, bootstrapTokenHash } = consoleContext()
  if (bootstrapTokenHash !== null && isTokenOf(token, bootstrapTokenHash)) return bootstrapCaller(origin)
  const now = new Date(clock.now())
  const row = await findApiTokenByHash(database, tokenHash(token), now)
  if (row === null) return null
  await touchApiToken(database, row, now)
  const tokenRole = role.parse(row.role)
  return {
    kind: 'api-token',
    id: row.id,
    name: row.name,
    session: null,
    ownsInstallation: row.workspaceId === null && tokenRole === 'owner',
    tokenScope: { workspaceId: row.workspaceId, role: tokenRole },
    ...origin,
  }
}

function bootstrapCaller(origin: Origin): Caller {
  return {
    kind: 'api-token',
    id: null,
    name: 'Bootstrap token',
    session: null,
    ownsInstallation: true,
    tokenScope: { workspaceId: null, role: 'owner' },
    ...origin,
  }
}
