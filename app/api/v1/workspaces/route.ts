import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createWorkspace } from '@/lib/console/workspaces/create-workspace.ts'
import { listWorkspaces } from '@/lib/console/workspaces/list-workspaces.ts'
import { pageOf, pageQuery } from '@/lib/domain/object.ts'
import { createWorkspaceInput, workspace } from '@/lib/domain/workspace.ts'

export const GET = defineHandler({
  summary: 'Workspaces that you have a role in',
  permission: 'signed-in',
  query: pageQuery,
  success: [200, pageOf(workspace)],
  run: ({ query, caller }) => listWorkspaces(query, caller),
})

export const POST = defineHandler({
  summary: 'Make a workspace',
  permission: 'installation',
  body: createWorkspaceInput,
  success: [201, workspace],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createWorkspace(body, caller)
    headers.set('location', `/api/v1/workspaces/${created.id}`)
    return created
  },
})
