import { updateAccount } from '@/lib/console/accounts/update-account.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { session, updateAccountInput } from '@/lib/domain/account.ts'

export const PATCH = defineHandler({
  summary: 'Change your name or preferences',
  permission: 'signed-in',
  body: updateAccountInput,
  success: [200, session],
  run: ({ body, caller }) => updateAccount(body, caller),
})
