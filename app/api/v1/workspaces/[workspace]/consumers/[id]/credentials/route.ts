import * as z from 'zod'
import { addCredential } from '@/lib/console/consumers/add-credential.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createCredentialInput, credential } from '@/lib/domain/consumer.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const POST = defineHandler({
  summary: 'Add a credential to a consumer; its key is shown in this answer alone',
  permission: 'consumers.write',
  params,
  body: createCredentialInput,
  success: [201, credential],
  creates: true,
  run: ({ params: { id }, body, caller }) => addCredential(id, body, caller),
})
