import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { ServiceToken, UpdateTokenInput } from '@/lib/domain/service-token.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { listServiceTokens, updateServiceToken as updateRow } from '@/lib/persistence/service-token-store.ts'
import { tokenViews } from './list-service-tokens.ts'
import { requireService } from './require-service.ts'
import { recordTokens, tokensPublished } from './rotate-service-token.ts'

/** Its rate limit. Throws `not_found` for a token that has run out. */
export async function updateServiceToken(
  idOrName: string,
  tokenId: string,
  { requestsPerSecond }: UpdateTokenInput,
  caller: WorkspaceCaller,
): Promise<ServiceToken> {
  requirePermission(caller, 'inference-services.write')
  const { database, clock } = consoleContext()
  const { service, item } = await inTransaction(database, async (transaction) => {
    const row = await requireService(transaction, idOrName, caller)
    const { id, name, workspaceId } = row
    const valid = await listServiceTokens(transaction, workspaceId, id, new Date(clock.now()))
    const token = found(valid.find((candidate) => candidate.id === tokenId))
    await updateRow(transaction, token.id, { requestsPerSecond })
    await recordTokens(transaction, row, caller)
    await recordActivity(transaction, caller, {
      action: 'service-token.updated',
      workspaceId,
      object: { kind: 'inference-service', id, name },
      changes: [{ path: 'requestsPerSecond', before: token.requestsPerSecond, after: requestsPerSecond }],
    })
    const views = await tokenViews(transaction, row, () => false)
    return { service: row, item: found(views.find((view) => view.id === tokenId)) }
  })
  tokensPublished(service)
  return item
}
