import { getSession } from '@/lib/console/accounts/get-session.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { session } from '@/lib/domain/account.ts'

export const GET = defineHandler({
  summary: 'Who is signed in',
  permission: 'signed-in',
  success: [200, session],
  run: async ({ caller, request, headers }) => {
    const { session: signedIn, cookies } = await getSession(caller, request.headers)
    for (const cookie of cookies) headers.append('set-cookie', cookie)
    return signedIn
  },
})
