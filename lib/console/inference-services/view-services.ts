import { consoleContext } from '@/lib/console/console-context.ts'
import { liveNodes } from '@/lib/console/gateways/live-nodes.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import type { InferenceServiceRow } from '@/lib/persistence/inference-service-store.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'
import { lastRevisionOfObjects } from '@/lib/persistence/revision-store.ts'
import { trafficOfServices } from '@/lib/persistence/rollup-store.ts'
import { serviceView } from './service-view.ts'

const dayMs = 86_400_000

/** Rows as the API shows them, in a number of queries that does not depend on how many there are. */
export async function viewServices(
  transaction: Transaction,
  rows: readonly InferenceServiceRow[],
): Promise<InferenceService[]> {
  const ids = rows.map((row) => row.id)
  const since = new Date(consoleContext().clock.now() - dayMs)
  const revisions = await lastRevisionOfObjects(transaction, ids)
  const traffic = await trafficOfServices(transaction, ids, since)
  const live = new Map<string, readonly GatewayNodeRow[]>()
  for (const gatewayId of new Set(rows.map((row) => row.gatewayId))) {
    live.set(gatewayId, await liveNodes(transaction, gatewayId))
  }
  return rows.map((row) =>
    serviceView(row, {
      live: live.get(row.gatewayId) ?? [],
      revision: revisions.get(row.id) ?? 0,
      traffic: traffic.get(row.id),
    }),
  )
}
