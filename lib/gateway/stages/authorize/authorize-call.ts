import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { admitNamed } from '@/lib/gateway/stages/authorize/admit-named.ts'
import { authorizeConsumer } from '@/lib/gateway/stages/authorize/authorize-consumer.ts'
import { isPassedBy } from '@/lib/gateway/stages/self-test/self-test.ts'
import type { RequestTrace } from '@/lib/gateway/trace/request-trace.ts'
import type { SelfTestTicket } from '@/lib/snapshot/self-test-ticket.ts'

interface Observed {
  readonly trace: RequestTrace | null
  readonly beganAt: number
  readonly exchange: Exchange
}

/** Who calls a Model API, where it asks. Throws or rejects as `authorizeConsumer` and `admitNamed` do. */
export function authorizeCall(
  { authorization }: PublishedApi,
  request: Admitted,
  notes: { consumer: ConsumerRuntime | null; readonly selfTest: SelfTestTicket | null },
  observation: Observed,
): Admitted | Promise<Admitted> {
  const { trace, beganAt, exchange } = observation
  if (authorization === null || isPassedBy(notes.selfTest, 'authorization')) return request
  if (trace !== null) return admitNamed(authorization, request, notes, trace)
  return authorizeConsumer(authorization, exchange, request, notes, beganAt)
}
