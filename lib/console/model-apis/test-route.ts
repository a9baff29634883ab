import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { refuseProblems } from '@/lib/console/field-problems.ts'
import { viewServices } from '@/lib/console/services/view-services.ts'
import { type ModelApiDocument, modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import { noFallback } from '@/lib/domain/model-routing.ts'
import type { RouteTestResult, TestRouteInput } from '@/lib/domain/test-route.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getGateway } from '@/lib/persistence/gateway-store.ts'
import { getService } from '@/lib/persistence/service-store.ts'
import { serviceIdsOf, targetProblems } from './check-model-api.ts'
import { chooseRoute } from './choose-route.ts'
import { requireModelApi } from './require-model-api.ts'
import { routeWarnings } from './route-warnings.ts'

type Plan = Pick<
  ModelApiDocument,
  'workspaceId' | 'gatewayId' | 'useCase' | 'protocol' | 'routing' | 'fallback'
>

/** Where a sample would go, and why. No service is asked anything. */
export async function testRoute(input: TestRouteInput, caller: WorkspaceCaller): Promise<RouteTestResult> {
  requirePermission(caller, 'model-apis.read')
  const { database } = consoleContext()
  const plan = await planOf(database, input, caller)
  const { routing, useCase, protocol } = plan
  const services = await servicesOf(database, plan)
  const { targets, reason } = chooseRoute(routing, input)
  return {
    targets: targets.map(({ path, target, share = null }) => ({
      path: `routing.${path}`,
      service: { id: target.serviceId, name: services.get(target.serviceId)?.name ?? target.serviceId },
      model: target.model ?? input.model,
      share,
    })),
    reason,
    warnings: routeWarnings({ useCase, protocol, routing, services }),
  }
}

async function planOf(
  database: Transaction,
  { modelApiId, draft }: TestRouteInput,
  caller: WorkspaceCaller,
): Promise<Plan> {
  if (draft === null) return modelApiDocument.parse(await requireModelApi(database, modelApiId ?? '', caller))
  const workspaceId = caller.workspace.id
  const gateway = await getGateway(database, workspaceId, draft.gatewayId)
  if (gateway === null) throw fieldError('draft.gatewayId', 'gateway_unknown', 'There is no such gateway.')
  const plan = { ...draft, workspaceId, gatewayId: gateway.id, fallback: noFallback }
  const problems = await targetProblems(database, plan)
  refuseProblems(problems.map((problem) => ({ ...problem, path: `draft.${problem.path}` })))
  return plan
}

async function servicesOf(database: Transaction, plan: Plan): Promise<ReadonlyMap<string, UpstreamService>> {
  const ids = serviceIdsOf({ routing: plan.routing, fallback: noFallback })
  const rows = await Promise.all(ids.map((id) => getService(database, plan.workspaceId, id)))
  const views = await viewServices(
    database,
    rows.filter((row) => row !== null),
  )
  return new Map(views.map((view) => [view.id, view]))
}
