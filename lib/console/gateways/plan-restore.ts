import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { aliveSince } from '@/lib/console/gateways/live-nodes.ts'
import { found } from '@/lib/console/not-found.ts'
import {
  type GatewayDocument,
  gatewayDocument,
  type InferenceServiceDocument,
  inferenceServiceDocument,
} from '@/lib/control-plane/documents.ts'
import { type RestoreStep, restorePlan } from '@/lib/control-plane/restore-plan.ts'
import { serviceDocument } from '@/lib/control-plane/service-rows.ts'
import { type RecordedChange, stateAt } from '@/lib/control-plane/state-at.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getGatewayNetwork } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { getInferenceService } from '@/lib/persistence/inference-service-store.ts'
import { getRevision, listChangesAfter, type RevisionChangeRow } from '@/lib/persistence/revision-store.ts'
import { gatewayDocumentOf } from './gateway-document.ts'
import { sightOf } from './list-revisions.ts'

export type RestorableDocument = InferenceServiceDocument | GatewayDocument
export type Step = RestoreStep<RestorableDocument>

/**
 * What must be done so that the caller's part of the gateway is as it was at a revision: their workspace's
 * objects, or everything for owners of the installation. Throws `not_found` for a revision they cannot see.
 */
export async function planRestore(
  transaction: Transaction,
  gateway: GatewayRow,
  number: number,
  caller: WorkspaceCaller,
): Promise<readonly Step[]> {
  const scope = { gatewayId: gateway.id, workspaceId: sightOf(caller), number }
  found(await getRevision(transaction, scope))
  const changes = await listChangesAfter(transaction, scope)
  const then = stateAt(number, changes.filter(hasDocument).map(toRecorded))
  const now = new Map<string, RestorableDocument>()
  for (const { kind, id, workspaceId } of then.values()) {
    const present =
      kind === 'gateway'
        ? gatewayDocumentOf(gateway, await getGatewayNetwork(transaction, gateway.id))
        : await presentService(transaction, workspaceId, id)
    if (present !== null) now.set(id, present)
  }
  return restorePlan(then, now)
}

/** Tokens are never brought back, so their changes are no part of the past. */
function hasDocument({ objectKind }: RevisionChangeRow): boolean {
  return objectKind === 'inference-service' || objectKind === 'gateway'
}

function toRecorded(row: RevisionChangeRow): RecordedChange<RestorableDocument> {
  const { number, objectKind: kind, objectId: id, objectName: name, workspaceId } = row
  const schema = kind === 'gateway' ? gatewayDocument : inferenceServiceDocument
  return {
    number,
    kind,
    id,
    name,
    workspaceId,
    before: row.before === null ? null : schema.parse(row.before),
  }
}

async function presentService(
  transaction: Transaction,
  workspaceId: string | null,
  id: string,
): Promise<InferenceServiceDocument | null> {
  if (workspaceId === null) return null
  const row = await getInferenceService(transaction, workspaceId, id, aliveSince())
  return row === null ? null : serviceDocument(row)
}
