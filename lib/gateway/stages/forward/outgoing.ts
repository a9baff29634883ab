import type { Readable } from 'node:stream'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Fleet } from '@/lib/gateway/runtime/fleet.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import type { Deadline } from '@/lib/gateway/stages/forward/deadline.ts'
import type { RetryPolicy } from '@/lib/snapshot/instance-policies.ts'

/** A request on its way to an instance, as far as attempts and their repetition go by it. */
export interface Outgoing {
  readonly route: {
    readonly request: Admitted
    readonly service: { readonly fleet: Fleet; readonly retries: RetryPolicy }
  }
  readonly exchange: Exchange
  readonly deadline: Deadline
  readonly body: Buffer | Readable | null
}
