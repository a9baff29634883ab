import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { listServiceTokens } from '@/lib/console/inference-services/list-service-tokens.ts'
import { rotateServiceToken } from '@/lib/console/inference-services/rotate-service-token.ts'
import { rotateTokenInput, serviceToken } from '@/lib/domain/service-token.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

const query = z.object({ reveal: z.stringbool().default(false) })
const tokens = z.object({ items: z.array(serviceToken) })

export const GET = defineHandler({
  summary: 'Its tokens; ?reveal=true shows them and is recorded',
  permission: 'inference-services.read',
  params,
  query,
  success: [200, tokens],
  run: ({ params: { id }, query: { reveal }, caller }) => listServiceTokens(id, { reveal }, caller),
})

export const POST = defineHandler({
  summary: 'Replace the active token',
  permission: 'inference-services.write',
  params,
  body: rotateTokenInput,
  success: [201, tokens],
  creates: true,
  run: ({ params: { id }, body, caller }) => rotateServiceToken(id, body, caller),
})
