import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createSecurityGroup } from '@/lib/console/networks/create-security-group.ts'
import { listSecurityGroups } from '@/lib/console/networks/list-security-groups.ts'
import { createSecurityGroupInput, securityGroup } from '@/lib/domain/network.ts'
import { pageOf, pageQuery } from '@/lib/domain/object.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'Security groups',
  permission: 'networks.read',
  params,
  query: pageQuery,
  success: [200, pageOf(securityGroup)],
  run: ({ query, caller }) => listSecurityGroups(query, caller),
})

export const POST = defineHandler({
  summary: 'Create a security group',
  permission: 'networks.write',
  params,
  body: createSecurityGroupInput,
  success: [201, securityGroup],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createSecurityGroup(body, caller)
    headers.set('location', `/api/v1/workspaces/${caller.workspace.id}/security-groups/${created.id}`)
    return created
  },
})
