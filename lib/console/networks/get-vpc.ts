import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Vpc } from '@/lib/domain/network.ts'
import { requireVpc, viewVpcs } from './vpc-view.ts'

export async function getVpc(idOrName: string, caller: WorkspaceCaller): Promise<Vpc> {
  requirePermission(caller, 'networks.read')
  const { database } = consoleContext()
  const [view] = await viewVpcs(database, [await requireVpc(database, idOrName, caller)], caller)
  return found(view)
}
