import type { ModelRoute } from '@/lib/gateway/stages/model-call/model-route.ts'
import {
  notSupported,
  type PreparedCall,
  type RelayedCall,
} from '@/lib/gateway/stages/model-call/prepare-call.ts'
import { type OperationContent, withModel } from '@/lib/gateway/stages/relay-operation/operation-content.ts'
import { relayedReading } from '@/lib/gateway/stages/relay-operation/relayed-reading.ts'

/** What one service gets of a request that is relayed. Throws `operation_not_supported`. */
export function prepareRelay(
  route: ModelRoute,
  content: OperationContent,
  learn: NonNullable<RelayedCall['learn']>,
): PreparedCall {
  const { operation, service, request, published } = route
  const { api } = published
  const relay = service.provider === null ? null : (service.provider.relays.get(api.protocol) ?? null)
  if (service.provider !== null && relay === null) throw notSupported(route)
  const below = api.basePath === '/' ? request.url : request.url.slice(api.basePath.length)
  return {
    body: withModel(route, content, route.model),
    asked: content.model,
    model: route.model ?? content.model ?? '',
    isStream: content.json?.['stream'] === true,
    streamUsage: false,
    dropped: [],
    reading: relayedReading(api.errorShape),
    plan: null,
    path: relay?.path(below) ?? '',
    headers: [],
    relayed: {
      method: request.method,
      isUpgrade: operation.isWebSocket,
      pool: relay?.pool ?? null,
      learn: operation.route.carries.includes('job') ? learn : null,
    },
  }
}
