import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { deleteWorkspace } from '@/lib/console/workspaces/delete-workspace.ts'
import { getWorkspace } from '@/lib/console/workspaces/get-workspace.ts'
import { updateWorkspace } from '@/lib/console/workspaces/update-workspace.ts'
import { updateWorkspaceInput, workspace } from '@/lib/domain/workspace.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'A workspace',
  permission: 'workspace.read',
  params,
  success: [200, workspace],
  run: ({ caller }) => getWorkspace(caller),
})

export const PATCH = defineHandler({
  summary: 'Change a workspace',
  permission: 'workspace.write',
  params,
  body: updateWorkspaceInput,
  success: [200, workspace],
  run: ({ body, caller }) => updateWorkspace(body, caller),
})

export const DELETE = defineHandler({
  summary: 'Delete a workspace without services',
  permission: 'workspace.delete',
  params,
  query: z.object({ confirm: z.string().max(64).optional() }),
  success: [204, null],
  run: async ({ query, caller }) => {
    await deleteWorkspace(query.confirm, caller)
  },
})
