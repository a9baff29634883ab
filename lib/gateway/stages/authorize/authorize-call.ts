import type { ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { admitNamed } from '@/lib/gateway/stages/authorize/admit-named.ts'
import { authorizeConsumer } from '@/lib/gateway/stages/authorize/authorize-consumer.ts'
import type { RequestTrace } from '@/lib/gateway/trace/request-trace.ts'

/** Who calls a Model API, where it asks. Throws as `authorizeConsumer` and `admitNamed` do. */
export function authorizeCall(
  { authorization }: PublishedApi,
  request: Admitted,
  notes: { consumer: ConsumerRuntime | null },
  { trace, beganAt }: { readonly trace: RequestTrace | null; readonly beganAt: number },
): Admitted {
  if (authorization === null) return request
  if (trace !== null) return admitNamed(authorization, request, notes, trace)
  return authorizeConsumer(authorization, request, notes, beganAt)
}
