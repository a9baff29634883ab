import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { SecurityGroup } from '@/lib/domain/network.ts'
import { requireSecurityGroup, viewSecurityGroups } from './security-group-view.ts'

export async function getSecurityGroup(idOrName: string, caller: WorkspaceCaller): Promise<SecurityGroup> {
  requirePermission(caller, 'networks.read')
  const { database } = consoleContext()
  const row = await requireSecurityGroup(database, idOrName, caller)
  return found((await viewSecurityGroups(database, [row]))[0])
}
