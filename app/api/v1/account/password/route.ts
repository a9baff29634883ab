import { changePassword } from '@/lib/console/accounts/change-password.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { changePasswordInput } from '@/lib/domain/account.ts'

export const POST = defineHandler({
  summary: 'Change your password and end your other sessions',
  permission: 'signed-in',
  body: changePasswordInput,
  success: [204, null],
  run: async ({ body, caller }) => {
    await changePassword(body, caller)
  },
})
