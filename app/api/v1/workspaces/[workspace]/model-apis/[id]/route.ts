import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { deleteModelApi } from '@/lib/console/model-apis/delete-model-api.ts'
import { getModelApi } from '@/lib/console/model-apis/get-model-api.ts'
import { updateModelApi } from '@/lib/console/model-apis/update-model-api.ts'
import { modelApi, updateModelApiInput } from '@/lib/domain/model-api.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const GET = defineHandler({
  summary: 'A Model API, by id or name',
  permission: 'model-apis.read',
  params,
  success: [200, modelApi],
  run: ({ params: { id }, caller }) => getModelApi(id, caller),
})

export const PATCH = defineHandler({
  summary: 'Change where a Model API answers and what it routes to',
  permission: 'model-apis.write',
  params,
  body: updateModelApiInput,
  success: [200, modelApi],
  run: ({ params: { id }, body, caller }) => updateModelApi(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Take a Model API away',
  permission: 'model-apis.write',
  params,
  success: [204, null],
  run: ({ params: { id }, caller }) => deleteModelApi(id, caller),
})
