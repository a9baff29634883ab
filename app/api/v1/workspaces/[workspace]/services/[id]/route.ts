import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { deleteService } from '@/lib/console/services/delete-service.ts'
import { getService } from '@/lib/console/services/get-service.ts'
import { updateService } from '@/lib/console/services/update-service.ts'
import { updateServiceInput, upstreamService } from '@/lib/domain/upstream-service.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const GET = defineHandler({
  summary: 'A service of the AI gateway, by id or name',
  permission: 'services.read',
  params,
  success: [200, upstreamService],
  run: ({ params: { id }, caller }) => getService(id, caller),
})

export const PATCH = defineHandler({
  summary: 'Change a service; keys without text stay as they are',
  permission: 'services.write',
  params,
  body: updateServiceInput,
  success: [200, upstreamService],
  run: ({ params: { id }, body, caller }) => updateService(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Delete a service that no Model API routes to',
  permission: 'services.write',
  params,
  success: [204, null],
  run: ({ params: { id }, caller }) => deleteService(id, caller),
})
