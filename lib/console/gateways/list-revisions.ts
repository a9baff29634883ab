import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import type { Revision } from '@/lib/domain/revision.ts'
import { getRevision as getRow, listRevisions as listRows } from '@/lib/persistence/revision-store.ts'
import { liveNodes } from './live-nodes.ts'
import { requireGateway } from './require-gateway.ts'
import { revisionView } from './revision-view.ts'

/** Newest first. Others' changes to a shared gateway are shown to owners of the installation only. */
export async function listRevisions(
  idOrName: string,
  query: PageQuery,
  caller: WorkspaceCaller,
): Promise<Page<Revision>> {
  requirePermission(caller, 'gateways.read')
  const { database } = consoleContext()
  const gateway = await requireGateway(database, idOrName, caller)
  const live = await liveNodes(database, gateway.id)
  const filter = { gatewayId: gateway.id, workspaceId: sightOf(caller) }
  const page = await listRows(database, { ...filter, ...query })
  return {
    items: page.items.map((row) => revisionView(row, gateway.revision, live)),
    nextCursor: page.nextCursor,
  }
}

export async function getRevision(
  idOrName: string,
  number: number,
  caller: WorkspaceCaller,
): Promise<Revision> {
  requirePermission(caller, 'gateways.read')
  const { database } = consoleContext()
  const gateway = await requireGateway(database, idOrName, caller)
  const filter = { gatewayId: gateway.id, workspaceId: sightOf(caller), number }
  const row = found(await getRow(database, filter))
  return revisionView(row, gateway.revision, await liveNodes(database, gateway.id))
}

/** Null: every workspace's changes. */
export function sightOf(caller: WorkspaceCaller): string | null {
  return caller.ownsInstallation ? null : caller.workspace.id
}
