import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { openSelfTest } from '@/lib/gateway/stages/self-test/open-self-test.ts'
import type { SelfTestTicket } from '@/lib/snapshot/self-test-ticket.ts'

/** Notes what the console tries with this request, if it is one of its own. Throws `self_test_rejected`. */
export function admitSelfTest(
  { selfTestKey }: Runtime,
  { api }: PublishedApi,
  { headers: { selfTest } }: Admitted,
  notes: { selfTest: SelfTestTicket | null },
  now: number,
): void {
  if (selfTest !== null) notes.selfTest = openSelfTest(selfTestKey, api.id, selfTest, now)
}
