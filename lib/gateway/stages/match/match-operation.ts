import { GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { Operation } from '@/lib/gateway/runtime/model-operations.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { isClimbing } from '@/lib/gateway/stages/forward/upstream-path.ts'

/** A request whose Model API and operation are known. Only `matchOperation` makes one. */
export interface MatchedOperation {
  readonly published: PublishedApi
  readonly operation: Operation
  readonly request: Admitted
}

/** Finds what is asked for below the base path. Throws `route_not_found`, which names the routes there are. */
export function matchOperation(published: PublishedApi, request: Admitted): MatchedOperation {
  const { api } = published
  const { url, method } = request
  const start = api.basePath === '/' ? 0 : api.basePath.length
  const query = url.indexOf('?', start)
  const end = query === -1 ? url.length : query
  const called = url.slice(start, end)
  for (const operation of api.operations) {
    const path = operation.asKnown(called)
    if (!operation.takes(path)) continue
    // What lies below a route is asked for with the credential of a service.
    if (operation.format === null && isClimbing(path)) {
      throw refusal('malformed_request', 'The path leads out of its route.')
    }
    if (operation.route.methods.some((known) => known === method)) {
      if (path === called) return { published, operation, request }
      const known = { ...request, url: url.slice(0, start) + path + url.slice(end) }
      return { published, operation, request: known }
    }
    const allow = operation.route.methods.join(', ')
    throw new GatewayError('method_not_supported', `${path} is called with ${operation.methods}.`, { allow })
  }
  throw refusal('route_not_found', api.noSuchRoute)
}
