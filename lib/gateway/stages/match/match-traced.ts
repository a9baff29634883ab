import { refusal } from '@/lib/gateway/error.ts'
import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { match } from '@/lib/gateway/stages/match/match.ts'
import { matchModelApi } from '@/lib/gateway/stages/match/match-model-api.ts'
import type { RequestTrace } from '@/lib/gateway/trace/request-trace.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

/**
 * The Model API that a call of the console's own means, where the address leads to it. Throws `route_not_found` where it
 * leads elsewhere: whoever may debug one API may be a stranger to the next.
 */
export function matchTraced(
  runtime: Runtime,
  side: GatewaySide,
  request: Admitted,
  { apiId }: RequestTrace,
): PublishedApi {
  const isServices = match(runtime, side, request) !== null
  const published = isServices ? null : matchModelApi(runtime, side, request)
  if (published?.api.id === apiId) return published
  const isKnown = runtime.published(apiId) !== null
  throw refusal(
    'route_not_found',
    isKnown
      ? 'This address does not lead to this Model API. Something else answers there, or nothing.'
      : 'The gateway does not have this Model API, or not yet.',
  )
}
