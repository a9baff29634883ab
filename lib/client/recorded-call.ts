import type { ModelApi } from '@/lib/domain/model-api.ts'
import { type ModelApiRoute, type RouteMethod, routesOf } from '@/lib/domain/model-api-routes.ts'
import type { RequestDetail } from '@/lib/domain/request-record.ts'
import { plannedCurl, standardPlace } from './debug-address.ts'
import type { CurlRequest } from './snippets/request-curl.ts'

type Api = Pick<
  ModelApi,
  'id' | 'basePath' | 'useCase' | 'protocol' | 'disabledRoutes' | 'addresses' | 'plugins'
>

/** A request as it can be made again, without what its caller showed as a key. */
export interface RecordedCall {
  readonly route: ModelApiRoute
  readonly method: RouteMethod
  /** Below the base path, without its query, which is not recorded. */
  readonly path: string
  readonly body:
    | { readonly state: 'none' }
    | { readonly state: 'text'; readonly text: string }
    /** Not recorded, not kept any more, or not for this role. */
    | { readonly state: 'absent' }
    | { readonly state: 'cut' }
    /** A form, or bytes. */
    | { readonly state: 'not-text' }
}

/** Null: the API as it is now has nothing that takes it. */
export function recordedCall(api: Api, request: RequestDetail): RecordedCall | null {
  const { method, path } = request
  const route = routesOf(api.useCase, api.protocol).find(
    ({ name, path: known, methods }) =>
      known === request.route &&
      methods.some((taken) => taken === method) &&
      !api.disabledRoutes.includes(name),
  )
  const base = api.basePath === '/' ? '' : api.basePath
  if (route === undefined || request.modelApi.id !== api.id || !path.startsWith(`${base}/`)) return null
  const known = route.methods.find((taken) => taken === method)
  if (known === undefined || route.carries.includes('websocket')) return null
  return { route, method: known, path: path.slice(base.length), body: bodyOf(known, request.request) }
}

function bodyOf(method: RouteMethod, body: RequestDetail['request']): RecordedCall['body'] {
  if (method === 'GET') return { state: 'none' }
  if (body.state !== 'recorded') return method === 'DELETE' ? { state: 'none' } : { state: 'absent' }
  if (body.isCut) return { state: 'cut' }
  if (body.bytes === 0) return { state: 'none' }
  // A form begins with its boundary; how it was called is in a header, which is not recorded.
  if (body.encoding === 'base64' || body.content.startsWith('--')) return { state: 'not-text' }
  return { state: 'text', text: body.content }
}

/** The call for a shell, with a variable in place of a key; null where callers have no address, or its body is not whole. */
export function recordedCurl(api: Api, { method, path, body }: RecordedCall): CurlRequest | null {
  if (body.state !== 'text' && body.state !== 'none') return null
  return plannedCurl({
    api,
    domain: null,
    method,
    path,
    body: body.state === 'text' ? { type: 'json', text: body.text } : null,
    keyPlace: standardPlace,
  })
}
