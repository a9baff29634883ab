import { askInTurn } from '@/lib/console/ask-in-turn.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { refuseProblems } from '@/lib/console/field-problems.ts'
import { openStoredService } from '@/lib/console/services/open-service.ts'
import type { ServiceProbePort } from '@/lib/console/services/service-probe-port.ts'
import { viewServices } from '@/lib/console/services/view-services.ts'
import { type ModelApiDocument, modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import { type ModelRouting, noFallback } from '@/lib/domain/model-routing.ts'
import type { ToldIntent } from '@/lib/domain/route-reason.ts'
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

/** Where a sample would go, and why. No service is asked anything but the model that tells intents apart. */
export async function testRoute(
  input: TestRouteInput,
  probe: Pick<ServiceProbePort, 'intent'>,
  caller: WorkspaceCaller,
): Promise<RouteTestResult> {
  requirePermission(caller, 'model-apis.read')
  const { database } = consoleContext()
  const plan = await planOf(database, input, caller)
  const { routing, useCase, protocol } = plan
  const services = await servicesOf(database, plan)
  const told = await askClassifier(routing, input.prompt, probe, caller)
  const { targets, reason } = chooseRoute(routing, input, told)
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

/** Null: no model is asked. Asking one costs, as a call does. */
async function askClassifier(
  routing: ModelRouting,
  prompt: string,
  probe: Pick<ServiceProbePort, 'intent'>,
  caller: WorkspaceCaller,
): Promise<ToldIntent | null> {
  if (routing.mode !== 'intent' || routing.classifier.type === 'local') return null
  requirePermission(caller, 'model-apis.debug')
  const { serviceId, model, timeoutMs } = routing.classifier
  const service = await openStoredService(serviceId, caller)
  const question = { model, choices: routing.labels, prompt, timeoutMs }
  return await askInTurn(caller.workspace.id, () => probe.intent(service, question, caller.requestId))
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
