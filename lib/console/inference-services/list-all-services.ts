import { aliveSince } from '@/lib/console/gateways/live-nodes.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { listInferenceServices } from '@/lib/persistence/inference-service-store.ts'
import { viewServices } from './view-services.ts'

/** Every service of a workspace, for sums over them. By name. */
export async function listAllServices(
  transaction: Transaction,
  workspaceId: string,
): Promise<InferenceService[]> {
  const services: InferenceService[] = []
  let cursor: string | undefined
  do {
    const filter = { workspaceId, sort: 'name', limit: 500, cursor, aliveSince: aliveSince() } as const
    const page = await listInferenceServices(transaction, filter)
    services.push(...(await viewServices(transaction, page.items)))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return services
}
