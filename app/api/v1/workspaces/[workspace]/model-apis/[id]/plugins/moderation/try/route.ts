import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { tryModeration } from '@/lib/console/model-apis/try-moderation.ts'
import { moderationTrial, tryModerationInput } from '@/lib/domain/try-moderation.ts'

export const POST = defineHandler({
  summary: 'What rules of moderation would do to a text; no service is asked',
  permission: 'model-apis.read',
  params: z.object({ workspace: z.string(), id: z.string() }),
  body: tryModerationInput,
  success: [200, moderationTrial],
  run: ({ params: { id }, body, caller }) => tryModeration(id, body, caller),
})
