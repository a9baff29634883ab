import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { aliveSince } from '@/lib/console/gateways/live-nodes.ts'
import { makeServiceToken } from '@/lib/console/inference-services/make-service-token.ts'
import { restoredAccess } from '@/lib/console/inference-services/restored-access.ts'
import { nullableColumns } from '@/lib/console/inference-services/service-fields.ts'
import { requireFreeName } from '@/lib/console/inference-services/suggest-name.ts'
import { found } from '@/lib/console/not-found.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import {
  gatewayDocument,
  type InferenceServiceDocument,
  inferenceServiceDocument,
} from '@/lib/control-plane/documents.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { type GatewayRow, updateGateway } from '@/lib/persistence/gateway-store.ts'
import {
  getInferenceService,
  insertInferenceService,
  removeInferenceService,
  updateInferenceService,
} from '@/lib/persistence/inference-service-store.ts'
import type { JsonInput } from '@/lib/persistence/json-null.ts'
import { listServicesUsing } from '@/lib/persistence/service-store.ts'
import { releaseNlbPorts } from './allocate-ports.ts'
import type { Step } from './plan-restore.ts'
import { restoreNetwork } from './restore-network.ts'
import { applyUpstreamStep, isUpstreamStep } from './restore-upstream.ts'

/** A service that comes back gets a new token: credentials are never restored. */
export async function applyRestoreStep(
  transaction: Transaction,
  step: Step,
  gateway: GatewayRow,
  caller: WorkspaceCaller,
): Promise<void> {
  const { id, kind } = step.target
  if (kind === 'gateway') {
    if (step.operation === 'deleted') return
    const { version } = gateway
    const document = gatewayDocument.parse(step.document)
    const { limits, trustedProxies, proxyProtocol } = document
    const network = await restoreNetwork(transaction, gateway, document, caller)
    await updateGateway(transaction, { id, version }, { limits, trustedProxies, proxyProtocol, ...network })
    return
  }
  if (isUpstreamStep(step)) {
    await applyUpstreamStep(transaction, step, caller)
    return
  }
  if (step.operation === 'deleted') {
    const users = await listServicesUsing(transaction, { inferenceServiceId: id })
    requireUnused(users.map((user) => ({ kind: 'service', id: user.id, name: user.name })))
    await releaseNlbPorts(transaction, id)
    await removeInferenceService(transaction, { workspaceId: String(step.target.workspaceId), id })
    return
  }
  const document = inferenceServiceDocument.parse(step.document)
  if (step.operation === 'created') await bringBack(transaction, id, document, caller)
  else await overwrite(transaction, id, document)
}

async function bringBack(
  transaction: Transaction,
  id: string,
  document: InferenceServiceDocument,
  caller: WorkspaceCaller,
): Promise<void> {
  await requireFreeName(transaction, document.name)
  const { instances, ...columns } = document
  const access = await restoredAccess(transaction, id, document)
  const author = { createdById: caller.id, createdByName: caller.name }
  const row = { ...columns, ...jsonColumns(document), ...access, id, ...author }
  await insertInferenceService(transaction, row, instances)
  await makeServiceToken(transaction, id, caller)
}

async function overwrite(
  transaction: Transaction,
  id: string,
  document: InferenceServiceDocument,
): Promise<void> {
  const { instances, workspaceId, name: _nameStays, ...columns } = document
  const { version } = found(await getInferenceService(transaction, workspaceId, id, aliveSince()))
  const access = await restoredAccess(transaction, id, document)
  const write = { ...columns, ...jsonColumns(document), ...access }
  await updateInferenceService(transaction, { workspaceId, id, version }, write, instances)
}

function jsonColumns(document: InferenceServiceDocument) {
  return {
    runtimeConfig: document.runtimeConfig as JsonInput,
    ...nullableColumns(document),
  }
}
