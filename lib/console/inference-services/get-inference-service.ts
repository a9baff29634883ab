import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { requireService } from './require-service.ts'
import { viewServices } from './view-services.ts'

export async function getInferenceService(
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<InferenceService> {
  requirePermission(caller, 'inference-services.read')
  const { database } = consoleContext()
  const row = await requireService(database, idOrName, caller)
  return found((await viewServices(database, [row]))[0])
}
