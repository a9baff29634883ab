import {
  type Caller,
  requireInstallationOwner,
  requirePermission,
  type WorkspaceCaller,
} from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { ApiToken } from '@/lib/domain/api-token.ts'
import { role } from '@/lib/domain/role.ts'
import { type ApiTokenRow, listApiTokens } from '@/lib/persistence/api-token-store.ts'

export async function listWorkspaceTokens(caller: WorkspaceCaller): Promise<{ items: ApiToken[] }> {
  requirePermission(caller, 'api-tokens.read')
  const rows = await listApiTokens(consoleContext().database, caller.workspace.id)
  return { items: rows.map((row) => toApiToken(row, null)) }
}

export async function listInstallationTokens(caller: Caller): Promise<{ items: ApiToken[] }> {
  requireInstallationOwner(caller)
  const rows = await listApiTokens(consoleContext().database, null)
  return { items: rows.map((row) => toApiToken(row, null)) }
}

export function toApiToken(row: ApiTokenRow, token: string | null): ApiToken {
  return {
    id: row.id,
    name: row.name,
    workspaceId: row.workspaceId,
    role: role.parse(row.role),
    hint: row.hint,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    token,
  }
}
