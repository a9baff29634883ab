import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Source } from '@/lib/domain/source.ts'
import { requireSource } from './require-source.ts'
import { viewSources } from './view-sources.ts'

export async function getSource(idOrName: string, caller: WorkspaceCaller): Promise<Source> {
  requirePermission(caller, 'sources.read')
  const { database } = consoleContext()
  return found((await viewSources(database, [await requireSource(database, idOrName, caller)]))[0])
}
