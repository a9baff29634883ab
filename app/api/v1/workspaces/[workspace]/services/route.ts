import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createService } from '@/lib/console/services/create-service.ts'
import { listServices } from '@/lib/console/services/list-services.ts'
import { pageOf } from '@/lib/domain/object.ts'
import { createServiceInput, serviceQuery, upstreamService } from '@/lib/domain/upstream-service.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'Services of the AI gateway',
  permission: 'services.read',
  params,
  query: serviceQuery,
  success: [200, pageOf(upstreamService)],
  run: ({ query, caller }) => listServices(query, caller),
})

export const POST = defineHandler({
  summary: 'Make a service that Model APIs can route to',
  permission: 'services.write',
  params,
  body: createServiceInput,
  success: [201, upstreamService],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createService(body, caller)
    headers.set('location', `/api/v1/workspaces/${caller.workspace.id}/services/${created.id}`)
    return created
  },
})
