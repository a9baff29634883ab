import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { VSwitch } from '@/lib/domain/network.ts'
import { requireVSwitch, viewVSwitches } from './vswitch-view.ts'

export async function getVSwitch(id: string, caller: WorkspaceCaller): Promise<VSwitch> {
  requirePermission(caller, 'networks.read')
  const { database } = consoleContext()
  const [view] = await viewVSwitches(database, [await requireVSwitch(database, id, caller)], caller)
  return found(view)
}
