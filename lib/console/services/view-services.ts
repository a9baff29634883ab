import { consoleContext } from '@/lib/console/console-context.ts'
import { aliveSince } from '@/lib/console/gateways/live-nodes.ts'
import { connectionOption, followedEndpoint } from '@/lib/control-plane/followed-endpoint.ts'
import { isProviderConfig, readServiceConfig } from '@/lib/control-plane/service-config.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { statesOfServices } from '@/lib/persistence/service-state-store.ts'
import type { ServiceRow } from '@/lib/persistence/service-store.ts'
import { getNamed } from '@/lib/persistence/upstream-store.ts'
import { sightsByService } from './service-sights.ts'
import { serviceView } from './service-view.ts'

/** Rows as the API shows them, in a number of queries that does not depend on how many there are. */
export async function viewServices(
  transaction: Transaction,
  rows: readonly ServiceRow[],
): Promise<UpstreamService[]> {
  const ids = rows.map(({ id }) => id)
  const sights = sightsByService(ids, await statesOfServices(transaction, ids, aliveSince()))
  const { followed } = await getNamed(transaction, rows)
  const { place, masterKey } = consoleContext()
  return rows.map((row) => {
    const config = readServiceConfig(row)
    const leader = followed.find(({ id }) => id === row.inferenceServiceId)
    const connection = isProviderConfig(config) ? config.options[connectionOption] : undefined
    const endpoint = leader ? followedEndpoint(leader, connection, place, masterKey) : null
    return serviceView(row, config, { sight: sights(row.id), followedUrl: endpoint?.baseUrl ?? null })
  })
}
