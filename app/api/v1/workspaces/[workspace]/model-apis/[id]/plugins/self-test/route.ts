import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { selfTestPlugin } from '@/lib/console/model-apis/self-test-plugin.ts'
import { selfTestInput, selfTestResult } from '@/lib/domain/plugin-self-test.ts'

export const POST = defineHandler({
  summary: 'Whether a plugin of a Model API refuses what it should, seen on the wire',
  permission: 'model-apis.write',
  params: z.object({ workspace: z.string(), id: z.string() }),
  body: selfTestInput,
  success: [200, selfTestResult],
  run: ({ params: { id }, body, caller }) => selfTestPlugin(id, body, caller),
})
