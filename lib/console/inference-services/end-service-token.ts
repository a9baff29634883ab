import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { AppError } from '@/lib/domain/error.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { getServiceToken, removeServiceToken } from '@/lib/persistence/service-token-store.ts'
import { requireService } from './require-service.ts'
import { recordTokens, tokensPublished } from './rotate-service-token.ts'

/** Ends an expiring token before its time. The active one is replaced, never ended: throws `conflict`. */
export async function endServiceToken(
  idOrName: string,
  tokenId: string,
  caller: WorkspaceCaller,
): Promise<void> {
  requirePermission(caller, 'inference-services.write')
  const service = await inTransaction(consoleContext().database, async (transaction) => {
    const row = await requireService(transaction, idOrName, caller)
    const { id, name, workspaceId } = row
    const token = found(await getServiceToken(transaction, workspaceId, id, tokenId))
    if (token.expiresAt === null) {
      throw new AppError('conflict', 'This is the active token. Rotate it instead.')
    }
    await removeServiceToken(transaction, workspaceId, id, tokenId)
    await recordTokens(transaction, row, caller)
    await recordActivity(transaction, caller, {
      action: 'service-token.ended',
      workspaceId,
      object: { kind: 'inference-service', id, name },
      changes: [{ path: 'token', before: 'replaced', after: null }],
    })
    return row
  })
  tokensPublished(service)
}
