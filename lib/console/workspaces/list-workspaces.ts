import type { Caller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { listProblems } from '@/lib/console/overview/list-problems.ts'
import { readInstallation } from '@/lib/console/settings/get-settings.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import { type Role, role } from '@/lib/domain/role.ts'
import type { Workspace } from '@/lib/domain/workspace.ts'
import { listMemberships } from '@/lib/persistence/member-store.ts'
import {
  getWorkspace,
  listWorkspaces as listRows,
  type WorkspaceRow,
} from '@/lib/persistence/workspace-store.ts'
import { workspaceView } from './workspace-view.ts'

interface Membership {
  readonly role: Role
  readonly lastOpenedAt: Date | null
}

/** The workspaces that the caller has a role in, by name. */
export async function listWorkspaces(query: PageQuery, caller: Caller): Promise<Page<Workspace>> {
  const { database } = consoleContext()
  const memberships = await membershipsOf(caller)
  const page = await readPage(query, caller)
  const installation = await readInstallation(database)
  const items: Workspace[] = []
  for (const row of page.items) {
    const problems = await listProblems(database, row.id)
    const membership = memberships.get(row.id)
    items.push(
      workspaceView(row, {
        role: strongest(caller, membership),
        installation,
        problems: problems.length,
        lastOpenedAt: membership?.lastOpenedAt ?? null,
      }),
    )
  }
  return { items, nextCursor: page.nextCursor }
}

async function readPage(query: PageQuery, caller: Caller): Promise<Page<WorkspaceRow>> {
  const { database } = consoleContext()
  const { tokenScope, ownsInstallation } = caller
  if (typeof tokenScope?.workspaceId === 'string') {
    const own = await getWorkspace(database, tokenScope.workspaceId)
    return { items: own === null ? [] : [own], nextCursor: null }
  }
  const userId = ownsInstallation || tokenScope !== null ? null : String(caller.id)
  return await listRows(database, { ...query, userId })
}

function strongest(caller: Caller, membership: Membership | undefined): Role {
  if (caller.tokenScope !== null) return caller.tokenScope.role
  return caller.ownsInstallation ? 'owner' : (membership?.role ?? 'viewer')
}

async function membershipsOf(caller: Caller): Promise<ReadonlyMap<string, Membership>> {
  if (caller.kind !== 'user' || caller.id === null) return new Map()
  const rows = await listMemberships(consoleContext().database, caller.id)
  return new Map(
    rows.map((row) => [row.workspaceId, { role: role.parse(row.role), lastOpenedAt: row.lastOpenedAt }]),
  )
}
