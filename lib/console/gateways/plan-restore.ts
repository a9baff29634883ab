import type * as z from 'zod'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { aliveSince } from '@/lib/console/gateways/live-nodes.ts'
import { found } from '@/lib/console/not-found.ts'
import {
  type GatewayDocument,
  gatewayDocument,
  type InferenceServiceDocument,
  inferenceServiceDocument,
} from '@/lib/control-plane/documents.ts'
import { type ModelApiDocument, modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import { type RestoreStep, restorePlan } from '@/lib/control-plane/restore-plan.ts'
import { serviceDocument } from '@/lib/control-plane/service-rows.ts'
import { type RecordedChange, stateAt } from '@/lib/control-plane/state-at.ts'
import {
  type SourceDocument,
  sourceDocument,
  type UpstreamServiceDocument,
  upstreamServiceDocument,
} from '@/lib/control-plane/upstream-documents.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getGatewayNetwork } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { getInferenceService } from '@/lib/persistence/inference-service-store.ts'
import { getModelApi } from '@/lib/persistence/model-api-store.ts'
import { getRevision, listChangesAfter, type RevisionChangeRow } from '@/lib/persistence/revision-store.ts'
import { getService } from '@/lib/persistence/service-store.ts'
import { getSource } from '@/lib/persistence/source-store.ts'
import { gatewayDocumentOf } from './gateway-document.ts'
import { sightOf } from './list-revisions.ts'

export type RestorableDocument =
  | InferenceServiceDocument
  | GatewayDocument
  | UpstreamServiceDocument
  | SourceDocument
  | ModelApiDocument
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
        : await presentObject(transaction, kind, workspaceId, id)
    if (present !== null) now.set(id, present)
  }
  return inOrder(restorePlan(then, now))
}

/** Whatever is used goes after what uses it, and comes before it. */
const userOrder = ['model-api', 'service', 'source', 'inference-service', 'gateway']

function inOrder(steps: readonly Step[]): readonly Step[] {
  const rank = ({ operation, target }: Step) => {
    const place = userOrder.indexOf(target.kind)
    return operation === 'deleted' ? place : 2 * userOrder.length - place
  }
  return [...steps].sort((a, b) => rank(a) - rank(b))
}

const schemas: Readonly<Record<string, z.ZodType<RestorableDocument>>> = {
  gateway: gatewayDocument,
  'inference-service': inferenceServiceDocument,
  service: upstreamServiceDocument,
  source: sourceDocument,
  'model-api': modelApiDocument,
}

/** Tokens are never brought back, so their changes are no part of the past; others' objects stay as they are. */
function hasDocument({ objectKind }: RevisionChangeRow): boolean {
  return Object.hasOwn(schemas, objectKind)
}

function toRecorded(row: RevisionChangeRow): RecordedChange<RestorableDocument> {
  const { number, objectKind: kind, objectId: id, objectName: name, workspaceId } = row
  return {
    number,
    kind,
    id,
    name,
    workspaceId,
    before: row.before === null ? null : (schemas[kind]?.parse(row.before) ?? null),
  }
}

async function presentObject(
  transaction: Transaction,
  kind: string,
  workspaceId: string | null,
  id: string,
): Promise<RestorableDocument | null> {
  if (workspaceId === null) return null
  if (kind === 'service') {
    const service = await getService(transaction, workspaceId, id)
    return service && upstreamServiceDocument.parse(service)
  }
  if (kind === 'source') {
    const source = await getSource(transaction, workspaceId, id)
    return source && sourceDocument.parse(source)
  }
  if (kind === 'model-api') {
    const api = await getModelApi(transaction, workspaceId, id)
    return api && modelApiDocument.parse(api)
  }
  const row = await getInferenceService(transaction, workspaceId, id, aliveSince())
  return row === null ? null : serviceDocument(row)
}
