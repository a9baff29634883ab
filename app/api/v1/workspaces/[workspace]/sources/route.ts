import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createSource } from '@/lib/console/sources/create-source.ts'
import { listSources } from '@/lib/console/sources/list-sources.ts'
import { pageOf, pageQuery } from '@/lib/domain/object.ts'
import { createSourceInput, source } from '@/lib/domain/source.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'Registries in which services are found',
  permission: 'sources.read',
  params,
  query: pageQuery.extend({ gatewayId: z.string().max(64).optional() }),
  success: [200, pageOf(source)],
  run: ({ query, caller }) => listSources(query, caller),
})

export const POST = defineHandler({
  summary: 'Give a gateway a registry in which services are found',
  permission: 'sources.write',
  params,
  body: createSourceInput,
  success: [201, source],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createSource(body, caller)
    headers.set('location', `/api/v1/workspaces/${caller.workspace.id}/sources/${created.id}`)
    return created
  },
})
