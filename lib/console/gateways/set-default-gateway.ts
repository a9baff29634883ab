import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { getWorkspace, updateWorkspace } from '@/lib/persistence/workspace-store.ts'
import { gatewayView } from './gateway-view.ts'
import { requireGateway } from './require-gateway.ts'

/** Preselects the gateway on deploy. Doing it twice changes nothing. */
export async function setDefaultGateway(idOrName: string, caller: WorkspaceCaller): Promise<Gateway> {
  requirePermission(caller, 'workspace.write')
  return await inTransaction(consoleContext().database, async (transaction) => {
    const gateway = await requireGateway(transaction, idOrName, caller)
    const { id, version, name, defaultGatewayId } = found(
      await getWorkspace(transaction, caller.workspace.id),
    )
    if (defaultGatewayId !== gateway.id) {
      await updateWorkspace(transaction, { id, version }, { defaultGatewayId: gateway.id })
      await recordActivity(transaction, caller, {
        action: 'workspace.default-gateway-set',
        workspaceId: id,
        object: { kind: 'workspace', id, name },
        changes: [{ path: 'defaultGatewayId', before: defaultGatewayId, after: gateway.id }],
      })
    }
    return await gatewayView(transaction, gateway, caller)
  })
}
