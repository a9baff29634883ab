import { takenName } from '@/lib/console/field-error.ts'
import { refuseProblems } from '@/lib/console/field-problems.ts'
import type { ModelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import { stringList } from '@/lib/control-plane/stored-json.ts'
import { AppError, type InvalidField } from '@/lib/domain/error.ts'
import { classifierOf, type NamedTarget, targetsOfRouting } from '@/lib/domain/model-routing.ts'
import { routeIssues } from '@/lib/domain/switched-routes.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getDomain } from '@/lib/persistence/domain-store.ts'
import { isModelApiNameTaken, listModelApisOfGateway } from '@/lib/persistence/model-api-store.ts'
import { getService } from '@/lib/persistence/service-store.ts'
import { limitProblems } from './limit-problems.ts'
import { moderationProblems } from './moderation-problems.ts'

export type ModelApiPlan = Pick<
  ModelApiDocument,
  | 'useCase'
  | 'protocol'
  | 'disabledRoutes'
  | 'workspaceId'
  | 'gatewayId'
  | 'domainIds'
  | 'basePath'
  | 'routing'
  | 'fallback'
  | 'plugins'
>

/** Where services are named; a draft of a routing has no plugins. */
type NamingPlan = Pick<ModelApiPlan, 'routing' | 'fallback'> & {
  readonly plugins?: Pick<ModelApiPlan['plugins'], 'moderation'>
}
type TargetPlan = NamingPlan & Pick<ModelApiPlan, 'workspaceId' | 'gatewayId'>

/**
 * Its domains must be the gateway's, its services of the same gateway and workspace. Throws `conflict` where another
 * API answers under the same name and path.
 */
export async function requireModelApiPlan(
  transaction: Transaction,
  plan: ModelApiPlan,
  ownId: string | null,
): Promise<void> {
  await requireModelApiParts(transaction, plan)
  await requireFreePath(transaction, plan, ownId)
}

/** Throws `conflict` where an API anywhere in the installation has the name. */
export async function requireFreeName(transaction: Transaction, name: string): Promise<void> {
  if (await isModelApiNameTaken(transaction, name))
    throw takenName(`${name} is taken. Choose another name.`, name)
}

/** Its domains, its services and its plugins, without a look at other APIs. */
export async function requireModelApiParts(transaction: Transaction, plan: ModelApiPlan): Promise<void> {
  refuseProblems(routeIssues(plan))
  refuseProblems([
    ...(await domainProblems(transaction, plan)),
    ...(await targetProblems(transaction, plan)),
    ...moderationProblems(plan),
    ...limitProblems(plan),
  ])
}

async function domainProblems(
  transaction: Transaction,
  { workspaceId, gatewayId, domainIds }: ModelApiPlan,
): Promise<InvalidField[]> {
  const problems: InvalidField[] = []
  for (const [index, id] of domainIds.entries()) {
    const row = await getDomain(transaction, workspaceId, id)
    const path = `domainIds.${index}`
    if (row === null || row.id !== id) {
      problems.push({ path, code: 'domain_unknown', message: 'There is no such domain name.' })
    } else if (row.gatewayId !== gatewayId) {
      const message = `${row.name} is a name of the gateway ${row.gateway.name}. Choose one of the API’s gateway.`
      problems.push({ path, code: 'domain_elsewhere', message, params: { gateway: row.gateway.name } })
    }
  }
  return problems
}

/** Services that are not its gateway's and its workspace's. */
export async function targetProblems(transaction: Transaction, plan: TargetPlan): Promise<InvalidField[]> {
  const problems: InvalidField[] = []
  for (const { path, target } of namedTargets(plan)) {
    problems.push(...(await targetProblem(transaction, plan, `${path}.serviceId`, target.serviceId)))
  }
  return problems
}

/** What it routes and falls back to, and whom it asks itself; also while that is off. */
function namedTargets({ routing, fallback, plugins }: NamingPlan): NamedTarget[] {
  const endpoint = plugins?.moderation.endpoint ?? null
  return [
    ...[...targetsOfRouting(routing), ...classifierOf(routing)].map(({ path, target }) => ({
      path: `routing.${path}`,
      target,
    })),
    ...fallback.targets.map((target, index) => ({ path: `fallback.targets.${index}`, target })),
    ...(endpoint === null ? [] : [{ path: 'plugins.moderation.endpoint', target: endpoint }]),
  ]
}

/** The ids of all services that it names. */
export function serviceIdsOf(plan: NamingPlan): string[] {
  return [...new Set(namedTargets(plan).map(({ target }) => target.serviceId))]
}

async function targetProblem(
  transaction: Transaction,
  { workspaceId, gatewayId }: TargetPlan,
  path: string,
  serviceId: string,
): Promise<InvalidField[]> {
  const row = await getService(transaction, workspaceId, serviceId)
  if (row === null || row.id !== serviceId) {
    return [{ path, code: 'service_unknown', message: 'There is no such service in this workspace.' }]
  }
  if (row.gatewayId === gatewayId) return []
  const message = `${row.name} is a service of the gateway ${row.gateway.name}. Choose one of the API’s gateway.`
  return [{ path, code: 'service_elsewhere', message, params: { gateway: row.gateway.name } }]
}

/** Throws `conflict` where another API answers under the same name and path. */
export async function requireFreePath(
  transaction: Transaction,
  { workspaceId, gatewayId, domainIds, basePath }: ModelApiPlan,
  ownId: string | null,
): Promise<void> {
  for (const other of await listModelApisOfGateway(transaction, gatewayId)) {
    if (other.id === ownId || other.basePath !== basePath) continue
    const theirs = stringList(other.domainIds)
    const shared = domainIds.find((id) => theirs.includes(id))
    if (shared === undefined && (domainIds.length > 0 || theirs.length > 0)) continue
    // Of other workspaces nothing is told but that there is one.
    const owner =
      other.workspaceId === workspaceId ? `Model API ${other.name}` : 'A Model API of another workspace'
    const where =
      shared === undefined
        ? 'the gateway’s own names'
        : ((await getDomain(transaction, workspaceId, shared))?.name ?? shared)
    const message = `${owner} answers at ${basePath} of ${where} already. Choose another base path or name.`
    throw new AppError('conflict', message, {
      invalidFields: [
        {
          path: 'basePath',
          code: 'path_taken',
          message,
          params: { owner: other.workspaceId === workspaceId ? other.name : '', path: basePath },
        },
      ],
    })
  }
}
