import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { listGateways } from '@/lib/persistence/gateway-store.ts'
import { listServiceNames } from '@/lib/persistence/inference-service-store.ts'

export interface SearchHit {
  readonly kind: 'inference-service' | 'gateway'
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
  const hits: SearchHit[] = [
    ...services.map(({ id, name }) => ({ kind: 'inference-service' as const, id, name })),
    ...gateways.map(({ id, name }) => ({ kind: 'gateway' as const, id, name })),
  ].filter(({ id, name }) => name.includes(text) || id.toLowerCase() === text)
  hits.sort((a, b) => Number(b.name.startsWith(text)) - Number(a.name.startsWith(text)))
  return { items: hits.slice(0, hitsMax) }
}
