import * as z from 'zod'
import type { Caller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { pageOfRows, readCursor } from '@/lib/console/cursor.ts'
import { listProblems } from '@/lib/console/overview/list-problems.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import { type Role, role } from '@/lib/domain/role.ts'
import type { Workspace } from '@/lib/domain/workspace.ts'
import { listMemberships } from '@/lib/persistence/member-store.ts'
import { listWorkspaces as listRows } from '@/lib/persistence/workspace-store.ts'
import { workspaceView } from './workspace-view.ts'

interface Membership {
  readonly role: Role
  readonly lastOpenedAt: Date | null
}

/** The workspaces that the caller has a role in, by name. */
export async function listWorkspaces({ limit, cursor }: PageQuery, caller: Caller): Promise<Page<Workspace>> {
  const { database } = consoleContext()
  const memberships = await membershipsOf(caller)
  const afterName = readCursor(cursor, z.string()) ?? null
  const ids = reachOf(caller, memberships)
  const rows = await listRows(database, { ids, afterName, limit: limit + 1 })
  const page = pageOfRows(
    rows,
    limit,
    (row) => row.name,
    (row) => row,
  )
  const items: Workspace[] = []
  for (const row of page.items) {
    const problems = await listProblems(database, row.id)
    const membership = memberships.get(row.id)
    items.push(
      workspaceView(row, {
        role: strongest(caller, membership),
        problems: problems.length,
        lastOpenedAt: membership?.lastOpenedAt ?? null,
      }),
    )
  }
  return { items, nextCursor: page.nextCursor }
}

/** Null: every workspace. */
function reachOf(caller: Caller, memberships: ReadonlyMap<string, Membership>): readonly string[] | null {
  if (caller.tokenScope !== null) {
    return caller.tokenScope.workspaceId === null ? null : [caller.tokenScope.workspaceId]
  }
  return caller.ownsInstallation ? null : [...memberships.keys()]
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
