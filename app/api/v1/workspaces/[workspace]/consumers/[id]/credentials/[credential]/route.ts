import * as z from 'zod'
import { removeCredential } from '@/lib/console/consumers/remove-credential.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'

const params = z.object({ workspace: z.string(), id: z.string(), credential: z.string() })

export const DELETE = defineHandler({
  summary: 'Take a credential away from a consumer at once',
  permission: 'consumers.write',
  params,
  success: [204, null],
  run: ({ params: { id, credential }, caller }) => removeCredential(id, credential, caller),
})
