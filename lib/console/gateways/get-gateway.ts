import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { gatewayView } from './gateway-view.ts'
import { requireGateway } from './require-gateway.ts'

export async function getGateway(idOrName: string, caller: WorkspaceCaller): Promise<Gateway> {
  requirePermission(caller, 'gateways.read')
  const { database } = consoleContext()
  return await gatewayView(database, await requireGateway(database, idOrName, caller), caller)
}
