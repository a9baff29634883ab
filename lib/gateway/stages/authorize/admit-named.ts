import { refusal } from '@/lib/gateway/error.ts'
import type { ConsumerAuthorization } from '@/lib/gateway/runtime/consumers/consumer-authorization.ts'
import type { ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { takeQuery } from '@/lib/gateway/stages/authorize/take-query.ts'
import type { RequestTrace } from '@/lib/gateway/trace/request-trace.ts'

/**
 * A call of the console's own, in the name of a consumer who proves nothing, or of nobody. What stands where a key would
 * stand goes no further here either. Throws `credential_rejected` and `consumer_not_granted`.
 */
export function admitNamed(
  authorization: ConsumerAuthorization,
  request: Admitted,
  notes: { consumer: ConsumerRuntime | null },
  { inNameOf }: RequestTrace,
): Admitted {
  if (inNameOf !== null) {
    const consumer = authorization.named(inNameOf)
    if (consumer === null) {
      throw refusal('credential_rejected', 'The gateway does not have this consumer, or not yet.')
    }
    notes.consumer = consumer
    if (!authorization.admits({ consumer })) {
      throw refusal('consumer_not_granted', 'This consumer may not call this API. Have it granted first.')
    }
  }
  const query = takeQuery(request.url, authorization.credentials.queries)
  return query === null ? request : { ...request, url: query.url }
}
