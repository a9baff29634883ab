import { randomToken, tokenHash, tokenHint } from '@/lib/console/accounts/random-token.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import {
  type Caller,
  requireInstallationOwner,
  requirePermission,
  type WorkspaceCaller,
} from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { ApiToken, CreateApiTokenInput } from '@/lib/domain/api-token.ts'
import { AppError } from '@/lib/domain/error.ts'
import { roles } from '@/lib/domain/role.ts'
import { insertApiToken } from '@/lib/persistence/api-token-store.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { createId } from '@/lib/platform/id.ts'
import { toApiToken } from './list-api-tokens.ts'

/** The token stands in this answer and nowhere else. Its role may not exceed the creator's. */
export async function createWorkspaceToken(
  input: CreateApiTokenInput,
  caller: WorkspaceCaller,
): Promise<ApiToken> {
  requirePermission(caller, 'api-tokens.write')
  if (roles.indexOf(input.role) < roles.indexOf(caller.role)) {
    const message = `Your own role here is ${caller.role}; a token cannot have more.`
    throw new AppError('forbidden', message, {
      invalidFields: [{ path: 'role', code: 'role_too_strong', message }],
    })
  }
  return await create(input, caller, caller.workspace.id)
}

export async function createInstallationToken(input: CreateApiTokenInput, caller: Caller): Promise<ApiToken> {
  requireInstallationOwner(caller)
  return await create(input, caller, null)
}

async function create(
  { name, role, expiresInDays }: CreateApiTokenInput,
  caller: Caller,
  workspaceId: string | null,
): Promise<ApiToken> {
  const { database, clock } = consoleContext()
  const token = randomToken('sw_')
  return await inTransaction(database, async (transaction) => {
    const row = await insertApiToken(transaction, {
      id: createId('tok'),
      name,
      workspaceId,
      role,
      tokenHash: tokenHash(token),
      hint: tokenHint(token),
      createdById: caller.id,
      createdByName: caller.name,
      expiresAt: expiresInDays === null ? null : new Date(clock.now() + expiresInDays * 86_400_000),
    })
    await recordActivity(transaction, caller, {
      action: 'api-token.created',
      workspaceId,
      object: { kind: 'api-token', id: row.id, name },
      changes: [{ path: 'role', before: null, after: role }],
    })
    return toApiToken(row, token)
  })
}
