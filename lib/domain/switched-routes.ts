import * as z from 'zod'
import { type ModelApiProtocol, type ModelApiUseCase, protocolsOf, routesOf } from './model-api-routes.ts'

/** Names of routes that an API does not answer though its use case and protocol have them. */
export const disabledRoutes = z
  .array(z.string().max(64))
  .max(50)
  .transform((names) => [...new Set(names)])
  .default([])

export interface RoutePlan {
  readonly useCase: ModelApiUseCase
  readonly protocol: ModelApiProtocol
  readonly disabledRoutes: readonly string[]
}

export interface RouteIssue {
  readonly path: 'protocol' | 'disabledRoutes'
  readonly code: 'protocol_unfit' | 'route_unknown' | 'routes_all_off'
  readonly message: string
}

/** What is wrong with a use case, its protocol and the routes that are off; they depend on each other. */
export function routeIssues(plan: RoutePlan): RouteIssue[] {
  const { useCase, protocol } = plan
  const routes = routesOf(useCase, protocol).map(({ name }) => name)
  if (routes.length === 0) {
    const message = `Model APIs for ${useCase} speak ${protocolsOf(useCase).join(' or ')}. Choose one of them.`
    return [{ path: 'protocol', code: 'protocol_unfit', message }]
  }
  const unknown = plan.disabledRoutes.find((name) => !routes.includes(name))
  if (unknown !== undefined) {
    const message = `This API has no route ${unknown}. Its routes are ${routes.join(', ')}.`
    return [{ path: 'disabledRoutes', code: 'route_unknown', message }]
  }
  if (routes.some((name) => !plan.disabledRoutes.includes(name))) return []
  return [{ path: 'disabledRoutes', code: 'routes_all_off', message: 'Leave at least one route on.' }]
}
