import type { RouteHandler } from '@/lib/console/http/declaration.ts'
import { routeTable } from './route-table.ts'

export interface ListedRoute {
  readonly path: string
  readonly method: string
  readonly handler: RouteHandler
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** One entry per address and method. */
export function listRoutes(): readonly ListedRoute[] {
  return Object.entries(routeTable).flatMap(([path, module]) =>
    methods.flatMap((method) => {
      const handler = (module as Partial<Record<string, RouteHandler>>)[method]
      return handler === undefined ? [] : [{ path, method, handler }]
    }),
  )
}
