import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { deleteVpc } from '@/lib/console/networks/delete-vpc.ts'
import { getVpc } from '@/lib/console/networks/get-vpc.ts'
import { updateVpc } from '@/lib/console/networks/update-vpc.ts'
import { updateVpcInput, vpc } from '@/lib/domain/network.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const GET = defineHandler({
  summary: 'A VPC, by id or name',
  permission: 'networks.read',
  params,
  success: [200, vpc],
  run: ({ params: { id }, caller }) => getVpc(id, caller),
})

export const PATCH = defineHandler({
  summary: 'Change a VPC',
  permission: 'networks.write',
  params,
  body: updateVpcInput,
  success: [200, vpc],
  run: ({ params: { id }, body, caller }) => updateVpc(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Delete a VPC that nothing uses',
  permission: 'networks.write',
  params,
  success: [204, null],
  run: ({ params: { id }, caller }) => deleteVpc(id, caller),
})
