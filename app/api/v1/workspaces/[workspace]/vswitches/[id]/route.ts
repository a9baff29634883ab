import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { deleteVSwitch } from '@/lib/console/networks/delete-vswitch.ts'
import { getVSwitch } from '@/lib/console/networks/get-vswitch.ts'
import { updateVSwitch } from '@/lib/console/networks/update-vswitch.ts'
import { updateVSwitchInput, vswitch } from '@/lib/domain/network.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const GET = defineHandler({
  summary: 'A vSwitch',
  permission: 'networks.read',
  params,
  success: [200, vswitch],
  run: ({ params: { id }, caller }) => getVSwitch(id, caller),
})

export const PATCH = defineHandler({
  summary: 'Change a vSwitch',
  permission: 'networks.write',
  params,
  body: updateVSwitchInput,
  success: [200, vswitch],
  run: ({ params: { id }, body, caller }) => updateVSwitch(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Delete a vSwitch that nothing uses',
  permission: 'networks.write',
  params,
  success: [204, null],
  run: ({ params: { id }, caller }) => deleteVSwitch(id, caller),
})
