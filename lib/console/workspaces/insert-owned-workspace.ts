import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { Caller } from '@/lib/console/caller.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { CreateWorkspaceInput } from '@/lib/domain/workspace.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { insertMember } from '@/lib/persistence/member-store.ts'
import { getWorkspace, insertWorkspace, type WorkspaceRow } from '@/lib/persistence/workspace-store.ts'
import { createId } from '@/lib/platform/id.ts'

/** The workspace with its creator as its owner; an API token makes one without members. */
export async function insertOwnedWorkspace(
  transaction: Transaction,
  input: CreateWorkspaceInput,
  caller: Caller,
): Promise<WorkspaceRow> {
  if (await getWorkspace(transaction, input.name)) throw nameTaken(input.name)
  const row = await insertWorkspace(transaction, {
    ...input,
    id: createId('ws'),
    displayName: input.displayName || input.name,
  })
  if (caller.kind === 'user' && caller.id !== null) {
    await insertMember(transaction, {
      id: createId('mbr'),
      workspaceId: row.id,
      userId: caller.id,
      role: 'owner',
    })
  }
  await recordActivity(transaction, caller, {
    action: 'workspace.created',
    workspaceId: row.id,
    object: { kind: 'workspace', id: row.id, name: row.name },
  })
  return row
}

function nameTaken(name: string): AppError {
  const message = `${name} is taken. Choose another name.`
  return new AppError('conflict', message, { invalidFields: [{ path: 'name', code: 'taken', message }] })
}
