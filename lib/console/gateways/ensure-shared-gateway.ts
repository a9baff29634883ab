import { consoleContext } from '@/lib/console/console-context.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { insertGatewayIfAbsent } from '@/lib/persistence/gateway-store.ts'

/** Every installation has one, and it cannot be deleted. */
export async function ensureSharedGateway(): Promise<void> {
  await inTransaction(consoleContext().database, (transaction) =>
    insertGatewayIfAbsent(transaction, {
      id: sharedGatewayId,
      workspaceId: null,
      name: 'shared',
      type: 'shared',
      status: 'running',
      internetEnabled: true,
      vpcEnabled: true,
      limits: {},
      trustedProxies: [],
    }),
  )
}
