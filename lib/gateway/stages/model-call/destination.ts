import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import { upstreamPath } from '@/lib/gateway/stages/forward/upstream-path.ts'
import {
  addressHeaders,
  providerHeaders,
  relayedHeaders,
} from '@/lib/gateway/stages/model-call/call-headers.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import type { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'

/** Where a call goes, but for what authenticates it. */
export interface Destination {
  readonly pool: UpstreamPool
  /** Host and port as in the `Host` header. */
  readonly host: string
  /** Path and query. */
  readonly path: string
  /** Names in lower case and values in turn. */
  readonly headers: readonly string[]
}

/** A provider's route; or the instance itself, which is asked for what the caller asks for. */
export function destinationOf(call: ModelCall, instance: Instance): Destination {
  const { plan, path, relayed } = call.prepared
  if (relayed?.pool != null) {
    const { pool } = relayed
    return { pool, host: pool.authority, path, headers: relayedHeaders(call) }
  }
  if (plan !== null) {
    const { pool } = plan
    return { pool, host: pool.authority, path, headers: providerHeaders(call) }
  }
  const { request, published } = call.route
  const { basePath, removeBasePath } = published.api
  const rest = removeBasePath && basePath !== '/' ? request.url.slice(basePath.length) : request.url
  const { pool } = instance
  return {
    pool,
    host: pool.authority,
    path: upstreamPath(instance.basePath, rest),
    headers: addressHeaders(call),
  }
}
