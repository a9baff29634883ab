import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { deleteSource } from '@/lib/console/sources/delete-source.ts'
import { getSource } from '@/lib/console/sources/get-source.ts'
import { updateSource } from '@/lib/console/sources/update-source.ts'
import { source, updateSourceInput } from '@/lib/domain/source.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const GET = defineHandler({
  summary: 'A source, by id or name',
  permission: 'sources.read',
  params,
  success: [200, source],
  run: ({ params: { id }, caller }) => getSource(id, caller),
})

export const PATCH = defineHandler({
  summary: 'Change how a source is reached; secrets left out stay',
  permission: 'sources.write',
  params,
  body: updateSourceInput,
  success: [200, source],
  run: ({ params: { id }, body, caller }) => updateSource(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Delete a source that no service is found in',
  permission: 'sources.write',
  params,
  success: [204, null],
  run: ({ params: { id }, caller }) => deleteSource(id, caller),
})
