import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { insertGatewayIfAbsent } from '@/lib/persistence/gateway-store.ts'

/** The shared gateway exists in every installation, with both sides on and the default limits. */
export async function ensureSharedGateway(transaction: Transaction): Promise<void> {
  await insertGatewayIfAbsent(transaction, {
    id: sharedGatewayId,
    workspaceId: null,
    name: 'shared',
    type: 'shared',
    status: 'running',
    internetEnabled: true,
    vpcEnabled: true,
    limits: {},
    trustedProxies: [],
  })
}
