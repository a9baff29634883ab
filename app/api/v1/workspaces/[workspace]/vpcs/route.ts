import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createVpc } from '@/lib/console/networks/create-vpc.ts'
import { listVpcs } from '@/lib/console/networks/list-vpcs.ts'
import { createVpcInput, vpc } from '@/lib/domain/network.ts'
import { pageOf, pageQuery } from '@/lib/domain/object.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'VPCs',
  permission: 'networks.read',
  params,
  query: pageQuery,
  success: [200, pageOf(vpc)],
  run: ({ query, caller }) => listVpcs(query, caller),
})

export const POST = defineHandler({
  summary: 'Create a VPC',
  permission: 'networks.write',
  params,
  body: createVpcInput,
  success: [201, vpc],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createVpc(body, caller)
    headers.set('location', `/api/v1/workspaces/${caller.workspace.id}/vpcs/${created.id}`)
    return created
  },
})
