import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { requireUpstream } from './require-upstream.ts'
import { viewServices } from './view-services.ts'

export async function getService(idOrName: string, caller: WorkspaceCaller): Promise<UpstreamService> {
  requirePermission(caller, 'services.read')
  const { database } = consoleContext()
  const row = await requireUpstream(database, idOrName, caller)
  return found((await viewServices(database, [row]))[0])
}
