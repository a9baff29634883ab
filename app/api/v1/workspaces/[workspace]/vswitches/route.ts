import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createVSwitch } from '@/lib/console/networks/create-vswitch.ts'
import { listVSwitches } from '@/lib/console/networks/list-vswitches.ts'
import { createVSwitchInput, vswitch, vswitchQuery } from '@/lib/domain/network.ts'
import { pageOf } from '@/lib/domain/object.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'vSwitches',
  permission: 'networks.read',
  params,
  query: vswitchQuery,
  success: [200, pageOf(vswitch)],
  run: ({ query, caller }) => listVSwitches(query, caller),
})

export const POST = defineHandler({
  summary: 'Create a vSwitch',
  permission: 'networks.write',
  params,
  body: createVSwitchInput,
  success: [201, vswitch],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createVSwitch(body, caller)
    headers.set('location', `/api/v1/workspaces/${caller.workspace.id}/vswitches/${created.id}`)
    return created
  },
})
