import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { deleteSecurityGroup } from '@/lib/console/networks/delete-security-group.ts'
import { getSecurityGroup } from '@/lib/console/networks/get-security-group.ts'
import { updateSecurityGroup } from '@/lib/console/networks/update-security-group.ts'
import { securityGroup, updateSecurityGroupInput } from '@/lib/domain/network.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const GET = defineHandler({
  summary: 'A security group, by id or name',
  permission: 'networks.read',
  params,
  success: [200, securityGroup],
  run: ({ params: { id }, caller }) => getSecurityGroup(id, caller),
})

export const PATCH = defineHandler({
  summary: 'Change a security group',
  permission: 'networks.write',
  params,
  body: updateSecurityGroupInput,
  success: [200, securityGroup],
  run: ({ params: { id }, body, caller }) => updateSecurityGroup(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Delete a security group that nothing uses',
  permission: 'networks.write',
  params,
  success: [204, null],
  run: ({ params: { id }, caller }) => deleteSecurityGroup(id, caller),
})
