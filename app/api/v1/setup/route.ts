import * as z from 'zod'
import { setUp } from '@/lib/console/accounts/set-up.ts'
import { requireOpenSetup } from '@/lib/console/accounts/setup-link.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { session, setupInput } from '@/lib/domain/account.ts'

export const GET = defineHandler({
  summary: 'Whether a setup link is still open',
  permission: 'public',
  query: z.object({ token: z.string().max(200).default('') }),
  success: [200, z.object({ open: z.boolean() })],
  run: async ({ query }) => {
    await requireOpenSetup(consoleContext().database, query.token)
    return { open: true }
  },
})

export const POST = defineHandler({
  summary: 'Make the first owner by the setup link and sign in',
  permission: 'public',
  body: setupInput,
  success: [200, session],
  run: async ({ body, caller, headers }) => {
    const { session: signedIn, cookies } = await setUp(body, caller)
    for (const cookie of cookies) headers.append('set-cookie', cookie)
    return signedIn
  },
})
