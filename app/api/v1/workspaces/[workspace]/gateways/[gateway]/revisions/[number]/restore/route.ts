import * as z from 'zod'
import { previewRestore, restoreRevision } from '@/lib/console/gateways/restore-revision.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { restoreInput, restorePreview, revision } from '@/lib/domain/revision.ts'

const params = z.object({
  workspace: z.string(),
  gateway: z.string(),
  number: z.coerce.number().int().min(0).max(2_147_483_647),
})

export const GET = defineHandler({
  summary: 'What bringing a revision back would change',
  permission: 'revisions.restore',
  params,
  success: [200, restorePreview],
  run: ({ params, caller }) => previewRestore(params.gateway, params.number, caller),
})

export const POST = defineHandler({
  summary: 'Bring a revision back, as a new one',
  permission: 'revisions.restore',
  params,
  body: restoreInput,
  success: [200, revision],
  run: ({ params, body, caller }) => restoreRevision(params.gateway, params.number, body, caller),
})
