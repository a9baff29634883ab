import { refusal } from '@/lib/gateway/error.ts'
import { openTicket, type SelfTestTicket } from '@/lib/snapshot/self-test-ticket.ts'

/** What the console tries with this request. Throws `self_test_rejected` for a ticket that is none, or another API's. */
export function openSelfTest(key: string, modelApiId: string, sealed: string, now: number): SelfTestTicket {
  const ticket = openTicket(key, sealed, now)
  if (ticket?.modelApiId === modelApiId) return ticket
  throw refusal(
    'self_test_rejected',
    'The header x-switchyard-self-test is for the console alone, and its ticket is not good here and now. Leave it out.',
  )
}
