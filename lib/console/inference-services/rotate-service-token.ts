import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import type { RotateTokenInput, ServiceToken } from '@/lib/domain/service-token.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import type { InferenceServiceRow } from '@/lib/persistence/inference-service-store.ts'
import {
  expireActiveTokens,
  listServiceTokens as listRows,
  removeServiceToken,
} from '@/lib/persistence/service-token-store.ts'
import { tokenViews } from './list-service-tokens.ts'
import { makeServiceToken } from './make-service-token.ts'
import { requireService } from './require-service.ts'

/**
 * The old active token stays valid for the grace; without grace it goes at once. The new one takes over its rate
 * limit. Answers the new one revealed.
 */
export async function rotateServiceToken(
  idOrName: string,
  { graceSeconds, reason }: RotateTokenInput,
  caller: WorkspaceCaller,
): Promise<{ items: ServiceToken[] }> {
  requirePermission(caller, 'inference-services.write')
  requirePermission(caller, 'inference-services.reveal-token')
  const { service, items } = await inTransaction(consoleContext().database, async (transaction) => {
    const row = await requireService(transaction, idOrName, caller)
    await retireActive(transaction, row, graceSeconds)
    const active = row.tokens.find(({ expiresAt }) => expiresAt === null)
    const newId = await makeServiceToken(transaction, row.id, caller, active?.requestsPerSecond)
    await recordTokens(transaction, row, caller)
    await recordActivity(transaction, caller, {
      action: 'service-token.rotated',
      workspaceId: row.workspaceId,
      object: { kind: 'inference-service', id: row.id, name: row.name },
      changes: [
        { path: 'token', before: 'replaced', after: 'replaced' },
        { path: 'graceSeconds', before: null, after: graceSeconds },
      ],
      reason: reason || null,
    })
    return { service: row, items: await tokenViews(transaction, row, (id) => id === newId) }
  })
  tokensPublished(service)
  return { items }
}

async function retireActive(
  transaction: Transaction,
  { id, workspaceId }: InferenceServiceRow,
  graceSeconds: number,
): Promise<void> {
  const now = consoleContext().clock.now()
  if (graceSeconds > 0) {
    await expireActiveTokens(transaction, workspaceId, id, new Date(now + graceSeconds * 1000))
    return
  }
  for (const token of await listRows(transaction, workspaceId, id, new Date(now))) {
    if (token.expiresAt === null) await removeServiceToken(transaction, workspaceId, id, token.id)
  }
}

/** A revision without documents: it says that tokens changed, and restoring never touches them. */
export async function recordTokens(
  transaction: Transaction,
  { id, name, workspaceId, gatewayId }: InferenceServiceRow,
  caller: WorkspaceCaller,
): Promise<void> {
  const author = { id: caller.id, name: caller.name }
  const change = { kind: 'service-token', id, name, workspaceId, operation: 'updated' } as const
  const changes = [{ ...change, before: null, after: null }]
  await recordChange(transaction, { gatewayId, author, changes, now: consoleContext().clock.now() })
}

export function tokensPublished({ id, workspaceId, gatewayId }: InferenceServiceRow): void {
  configurationPublished([gatewayId], workspaceId, { kind: 'service-token', id, version: null })
}
