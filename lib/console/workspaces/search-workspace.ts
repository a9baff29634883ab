import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { listGateways } from '@/lib/persistence/gateway-store.ts'
import { listServiceNames } from '@/lib/persistence/inference-service-store.ts'
import { listUpstreamNames } from '@/lib/persistence/service-store.ts'
import { listSourceNames } from '@/lib/persistence/source-store.ts'

export interface SearchHit {
  readonly kind: 'inference-service' | 'gateway' | 'service' | 'source'
  readonly id: string
  readonly name: string
}

const hitsMax = 20

/** By part of a name, or by id. Names that begin with the text come first. */
export async function searchWorkspace(q: string, caller: WorkspaceCaller): Promise<{ items: SearchHit[] }> {
  requirePermission(caller, 'workspace.read')
  const { database } = consoleContext()
  const text = q.trim().toLowerCase()
  const services = await listServiceNames(database, caller.workspace.id)
  const gateways = await listGateways(database, caller.workspace.id)
  const upstreams = await listUpstreamNames(database, caller.workspace.id)
  const sources = await listSourceNames(database, caller.workspace.id)
  const hits: SearchHit[] = [
    ...services.map(({ id, name }) => ({ kind: 'inference-service' as const, id, name })),
    ...gateways.map(({ id, name }) => ({ kind: 'gateway' as const, id, name })),
    ...upstreams.map((row) => ({ kind: 'service' as const, ...row })),
    ...sources.map((row) => ({ kind: 'source' as const, ...row })),
  ].filter(({ id, name }) => name.toLowerCase().includes(text) || id.toLowerCase() === text)
  const begins = ({ name }: SearchHit) => Number(name.toLowerCase().startsWith(text))
  hits.sort((a, b) => begins(b) - begins(a))
  return { items: hits.slice(0, hitsMax) }
}
