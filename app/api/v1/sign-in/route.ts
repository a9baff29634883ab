import { signIn } from '@/lib/console/accounts/sign-in.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { session, signInInput } from '@/lib/domain/account.ts'

export const POST = defineHandler({
  summary: 'Sign in with email and password',
  permission: 'public',
  body: signInInput,
  success: [200, session],
  run: async ({ body, caller, headers }) => {
    const { session: signedIn, cookies } = await signIn(body, caller)
    for (const cookie of cookies) headers.append('set-cookie', cookie)
    return signedIn
  },
})
