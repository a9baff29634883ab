import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { ServiceToken } from '@/lib/domain/service-token.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import type { InferenceServiceRow } from '@/lib/persistence/inference-service-store.ts'
import { requestsByToken } from '@/lib/persistence/rollup-store.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import { listServiceTokens as listRows } from '@/lib/persistence/service-token-store.ts'
import { requireService } from './require-service.ts'

/** The active one first. Revealing takes a permission of its own and is recorded. */
export async function listServiceTokens(
  idOrName: string,
  { reveal }: { readonly reveal: boolean },
  caller: WorkspaceCaller,
): Promise<{ items: ServiceToken[] }> {
  requirePermission(caller, 'inference-services.read')
  const { database } = consoleContext()
  if (!reveal) {
    const row = await requireService(database, idOrName, caller)
    return { items: await tokenViews(database, row, () => false) }
  }
  requirePermission(caller, 'inference-services.reveal-token')
  return await inTransaction(database, async (transaction) => {
    const row = await requireService(transaction, idOrName, caller)
    await recordActivity(transaction, caller, {
      action: 'service-token.revealed',
      workspaceId: row.workspaceId,
      object: { kind: 'inference-service', id: row.id, name: row.name },
    })
    return { items: await tokenViews(transaction, row, () => true) }
  })
}

const hourMs = 3_600_000

export async function tokenViews(
  transaction: Transaction,
  service: Pick<InferenceServiceRow, 'id' | 'workspaceId'>,
  isRevealed: (id: string) => boolean,
): Promise<ServiceToken[]> {
  const { clock, masterKey } = consoleContext()
  const now = new Date(clock.now())
  const rows = await listRows(transaction, service.workspaceId, service.id, now)
  const used = await requestsByToken(transaction, service.id, new Date(now.getTime() - hourMs))
  return rows.map((row) => ({
    id: row.id,
    token: isRevealed(row.id) ? openSecret(masterKey, row.id, row.sealed) : null,
    hint: row.hint,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdByName,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    requestsPerSecond: row.requestsPerSecond,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    requestsLastHour: used.get(row.id) ?? 0,
  }))
}
