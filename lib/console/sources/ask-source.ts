import { EgressGuard } from '@/lib/addresses/egress-guard.ts'
import { askInTurn } from '@/lib/console/ask-in-turn.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { consoleEgress } from '@/lib/console/egress.ts'
import { type SourceConfig, sourceAccess } from '@/lib/control-plane/source-config.ts'
import { createCatalogue } from '@/lib/discovery/catalogue.ts'
import { AppError } from '@/lib/domain/error.ts'
import {
  type CheckSourceInput,
  hiddenNamespaces,
  hiddenServicePrefix,
  type SourceCatalogue,
  type SourceCheck,
} from '@/lib/domain/source.ts'
import { planSource, type SourcePlan } from './plan-source.ts'
import { requireOwnAccess, requireSource } from './require-source.ts'
import { storedPlan } from './source-columns.ts'

/** Tries a connection before it is saved; what does not work is told in the answer. */
export async function checkSource(
  { sourceId, source }: CheckSourceInput,
  caller: WorkspaceCaller,
): Promise<SourceCheck> {
  requirePermission(caller, 'sources.write')
  const { database } = consoleContext()
  const stored = sourceId === null ? null : storedPlan(await requireSource(database, sourceId, caller))
  const plan = planSource({ ...source, stored, prefix: 'source' })
  if (!isInCluster(stored?.config)) requireOwnAccess(caller, plan.config, 'source.kubernetes')
  const catalogue = catalogueOf(sourceId ?? 'src_draft', plan)
  const { ok, message, version, namespaces } = await askInTurn(caller.workspace.id, () => catalogue.check())
  return { ok, message, version, namespaces: [...namespaces] }
}

/** What a source offers, for forms. Throws `source_failed` with what the source says where it cannot be asked. */
export async function getSourceCatalogue(
  idOrName: string,
  { namespace, hidden }: { readonly namespace: string | undefined; readonly hidden: boolean },
  caller: WorkspaceCaller,
): Promise<SourceCatalogue> {
  requirePermission(caller, 'services.write')
  const row = await requireSource(consoleContext().database, idOrName, caller)
  const plan = storedPlan(row)
  const catalogue = catalogueOf(row.id, plan)
  const concealed: readonly string[] =
    plan.config.type === 'nacos' ? hiddenNamespaces : plan.config.hiddenNamespaces
  try {
    const chosen = plan.config.type === 'nacos' ? plan.config.namespace : namespace || undefined
    const { namespaces, services } = await askInTurn(caller.workspace.id, async () => ({
      namespaces: await catalogue.namespaces(),
      services: chosen === undefined ? [] : await catalogue.services(chosen),
    }))
    return {
      namespaces: namespaces
        .map(({ name, label }) => ({ name, label, hidden: concealed.includes(name) }))
        .filter((entry) => hidden || !entry.hidden),
      services: services
        .map(({ ports, ...service }) => ({
          ...service,
          hidden: service.name.startsWith(hiddenServicePrefix),
          ports: [...ports],
        }))
        .filter((entry) => hidden || !entry.hidden),
    }
  } catch (error) {
    // Bundles of one program may each hold a copy of the class.
    if (!(error instanceof Error && error.name === 'CatalogueError')) throw error
    throw new AppError('source_failed', error.message, { cause: error })
  }
}

function catalogueOf(sourceId: string, { config, secret }: SourcePlan) {
  const access = sourceAccess(sourceId, config, secret)
  const groups = config.type === 'nacos' ? config.groups : []
  const guard = new EgressGuard(consoleEgress)
  const tools = { clock: consoleContext().clock, permits: (address: string) => guard.permits(address) }
  return createCatalogue(access.type === 'nacos' ? { ...access, groups } : access, tools)
}

function isInCluster(config: SourceConfig | undefined): boolean {
  return config !== undefined && config.type !== 'nacos' && config.connection.kind === 'in-cluster'
}
