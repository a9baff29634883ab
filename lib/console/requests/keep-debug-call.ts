import { consoleContext } from '@/lib/console/console-context.ts'
import { toRequestRows } from '@/lib/control-plane/request-rows.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { insertRequests, modelApisOfGateway } from '@/lib/persistence/request-store.ts'
import type { RecordedRequest } from '@/lib/snapshot/recorded-request.ts'

/** Beside what nodes tell of traffic. Never rejects: a call is no worse for what is not known of it later. */
export async function keepDebugCall(gatewayId: string, record: RecordedRequest): Promise<void> {
  const { database, clock, masterKey, logger } = consoleContext()
  try {
    await inTransaction(database, async (transaction) => {
      const workspaces = await modelApisOfGateway(transaction, gatewayId, new Set([record.modelApiId]))
      const place = { gatewayId, nodeId: 'console', isDebug: true, workspaces, masterKey }
      await insertRequests(transaction, toRequestRows([record], place, clock.now()))
    })
  } catch (error) {
    logger.error({ requestId: record.requestId, err: error }, 'the record of a Debug call could not be kept')
  }
}
