import { GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { Operation } from '@/lib/gateway/runtime/model-operations.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'

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
  for (const operation of api.operations) {
    const { path } = operation
    if (path.length !== end - start || !url.startsWith(path, start)) continue
    if (method === operation.method) return { published, operation, request }
    const allow = operation.method
    throw new GatewayError('method_not_supported', `${path} is called with ${allow}.`, { allow })
  }
  const base = api.basePath === '/' ? '' : api.basePath
  const routes = api.operations.map(({ path, method: by }) => `${by} ${base}${path}`).join(', ')
  throw refusal('route_not_found', `This API has no such route. It answers at ${routes}.`)
}
