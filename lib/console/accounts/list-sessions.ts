import { type Caller, requireUser } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { AccountSession } from '@/lib/domain/account.ts'
import { listSessions as listRows } from '@/lib/persistence/account-store.ts'

export async function listSessions(caller: Caller): Promise<{ items: AccountSession[] }> {
  const { id } = requireUser(caller)
  const { database, clock } = consoleContext()
  const rows = await listRows(database, id, new Date(clock.now()))
  const items = rows.map((row) => ({
    id: row.id,
    current: row.id === caller.session?.id,
    address: row.ipAddress || null,
    userAgent: row.userAgent || null,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }))
  return { items }
}
