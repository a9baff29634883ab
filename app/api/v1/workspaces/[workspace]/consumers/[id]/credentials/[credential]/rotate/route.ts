import * as z from 'zod'
import { rotateCredential } from '@/lib/console/consumers/rotate-credential.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { credential, rotateCredentialInput } from '@/lib/domain/consumer.ts'

const params = z.object({ workspace: z.string(), id: z.string(), credential: z.string() })

export const POST = defineHandler({
  summary: 'Give a consumer another key; the old one stays valid for the grace',
  permission: 'consumers.write',
  params,
  body: rotateCredentialInput,
  success: [201, credential],
  creates: true,
  run: ({ params: { id, credential: credentialId }, body, caller }) =>
    rotateCredential(id, credentialId, body, caller),
})
