import { expect, test } from 'vitest'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { findGateway, updateGateway } from '@/lib/persistence/gateway-store.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import { ensureSharedGateway } from './ensure-shared-gateway.ts'

describeOnBothDatabases('The shared gateway', (open) => {
  test('is made once, also by consoles that start together, and keeps what was set', async () => {
    const { database } = await open()
    await Promise.all([1, 2, 3].map(() => inTransaction(database, ensureSharedGateway)))
    await updateGateway(database, { id: sharedGatewayId, version: 1 }, { limits: { requestMs: 5000 } })
    await inTransaction(database, ensureSharedGateway)
    expect(await findGateway(database, sharedGatewayId)).toMatchObject({
      name: 'shared',
      internetEnabled: true,
      vpcEnabled: true,
      version: 2,
      limits: { requestMs: 5000 },
    })
  })
})
