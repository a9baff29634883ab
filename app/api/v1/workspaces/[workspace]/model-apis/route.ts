import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createModelApi } from '@/lib/console/model-apis/create-model-api.ts'
import { listModelApis } from '@/lib/console/model-apis/list-model-apis.ts'
import { createModelApiInput, modelApi, modelApiQuery } from '@/lib/domain/model-api.ts'
import { pageOf } from '@/lib/domain/object.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'Model APIs',
  permission: 'model-apis.read',
  params,
  query: modelApiQuery,
  success: [200, pageOf(modelApi)],
  run: ({ query, caller }) => listModelApis(query, caller),
})

export const POST = defineHandler({
  summary: 'Publish a Model API that routes to one service',
  permission: 'model-apis.write',
  params,
  body: createModelApiInput,
  success: [201, modelApi],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createModelApi(body, caller)
    headers.set('location', `/api/v1/workspaces/${caller.workspace.id}/model-apis/${created.id}`)
    return created
  },
})
