import type { ModelApi } from '@/lib/domain/model-api.ts'
import { routesOf } from '@/lib/domain/model-api-routes.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { firstMethod, sampleBody } from './debug-samples.ts'
import { sampleModel } from './model-api-call.ts'
import { keyVariable } from './snippets/model-api.ts'
import { requestCurl } from './snippets/request-curl.ts'

type RoutedApi = Pick<
  ModelApi,
  'useCase' | 'protocol' | 'disabledRoutes' | 'addresses' | 'routing' | 'plugins'
>

/** The first route that is on and asks for no file, as a call in bash; null where there is none. */
export function firstRouteCurl(
  api: RoutedApi,
  services: readonly Pick<UpstreamService, 'id' | 'models'>[],
): string | null {
  const model = sampleModel(api.routing, services)
  for (const route of routesOf(api.useCase, api.protocol)) {
    const url = api.addresses.find(({ path }) => path === route.path)?.url
    const isPlain = !route.path.includes('{') && !route.carries.includes('websocket')
    if (url === undefined || !isPlain || api.disabledRoutes.includes(route.name)) continue
    const method = firstMethod(route)
    const body = sampleBody(route, method, model)
    if (body.type === 'form') continue
    const headers: Array<[string, string]> = api.plugins.authorization.enabled
      ? [['Authorization', `Bearer $${keyVariable}`]]
      : []
    if (body.type === 'json') headers.push(['Content-Type', 'application/json'])
    return requestCurl({ method, url, headers, body: body.type === 'none' ? null : body, streams: false })
  }
  return null
}
