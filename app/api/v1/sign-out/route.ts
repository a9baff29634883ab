import { signOut } from '@/lib/console/accounts/sign-out.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'

export const POST = defineHandler({
  summary: 'End the session of the cookie',
  permission: 'public',
  success: [204, null],
  run: async ({ request, headers }) => {
    for (const cookie of await signOut(request.headers)) headers.append('set-cookie', cookie)
  },
})
