import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { requireDomain } from './require-domain.ts'
import { viewDomains } from './view-domains.ts'

export async function getDomain(idOrName: string, caller: WorkspaceCaller): Promise<Domain> {
  requirePermission(caller, 'domains.read')
  const { database } = consoleContext()
  const row = await requireDomain(database, idOrName, caller)
  return found((await viewDomains(database, [row], caller))[0])
}
