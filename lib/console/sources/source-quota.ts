import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { requireGateway } from '@/lib/console/gateways/require-gateway.ts'
import { type SourceType, sourceLimits } from '@/lib/domain/source.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { countSources } from '@/lib/persistence/source-store.ts'

interface Place {
  readonly workspaceId: string
  readonly gatewayId: string
}

/** SAE is reached through the Kubernetes API, and counts as it. */
const typesOf = { kubernetes: ['kubernetes', 'sae'], nacos: ['nacos'] } as const

/** How many sources the workspace has and may have on a gateway. */
export async function getSourceQuota(gatewayId: string, caller: WorkspaceCaller) {
  requirePermission(caller, 'sources.read')
  const { database } = consoleContext()
  const { id } = await requireGateway(database, gatewayId, caller)
  const place = { workspaceId: caller.workspace.id, gatewayId: id }
  return {
    gatewayId: id,
    kubernetes: await quotaOf(database, place, 'kubernetes'),
    nacos: await quotaOf(database, place, 'nacos'),
  }
}

async function quotaOf(transaction: Transaction, place: Place, kind: keyof typeof typesOf) {
  return { used: await countSources(transaction, place, typesOf[kind]), max: sourceLimits[kind] }
}

/** Throws `invalid_input` when one more would be too many. */
export async function requireRoom(transaction: Transaction, place: Place, type: SourceType): Promise<void> {
  const kind = type === 'nacos' ? 'nacos' : 'kubernetes'
  const { used, max } = await quotaOf(transaction, place, kind)
  if (used < max) return
  const word = kind === 'nacos' ? 'Nacos' : 'Kubernetes'
  const message = `A gateway has at most ${max} ${word} sources. Delete one first, or use another gateway.`
  throw fieldError('type', 'quota', message, { max, type: kind })
}
