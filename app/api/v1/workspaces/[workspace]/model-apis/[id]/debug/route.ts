import * as z from 'zod'
import { defineLines } from '@/lib/console/http/define-lines.ts'
import { debugModelApi } from '@/lib/console/model-apis/debug-model-api.ts'
import { debugBodyMax, debugEvent, debugInput } from '@/lib/domain/debug.ts'
import { createEmbeddedGateway } from '@/lib/gateway/embedded-gateway.ts'

export const dynamic = 'force-dynamic'

/** Text grows where JSON escapes it, files by a third where they are written in base64. */
const bodyBytesMax = 2 * debugBodyMax

export const POST = defineLines({
  summary:
    'Call a Model API through the engine of its gateway, and tell all that becomes of it as it happens',
  permission: 'model-apis.debug',
  params: z.object({ workspace: z.string(), id: z.string() }),
  body: debugInput,
  bodyBytesMax,
  line: debugEvent,
  open: ({ params: { id }, body, caller, signal }) =>
    debugModelApi(id, body, createEmbeddedGateway, { caller, signal }),
})
