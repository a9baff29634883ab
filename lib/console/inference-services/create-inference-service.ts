import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { allocateNlbPorts } from '@/lib/console/gateways/allocate-ports.ts'
import { requireGateway } from '@/lib/console/gateways/require-gateway.ts'
import { documentChanges } from '@/lib/console/gateways/revision-view.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import { serviceDocument } from '@/lib/control-plane/service-rows.ts'
import type { CreateInferenceServiceInput, InferenceService } from '@/lib/domain/inference-service.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import {
  type InferenceServiceRow,
  insertInferenceService,
} from '@/lib/persistence/inference-service-store.ts'
import { toJson } from '@/lib/persistence/json-null.ts'
import { createId } from '@/lib/platform/id.ts'
import { getInferenceService } from './get-inference-service.ts'
import { makeServiceToken } from './make-service-token.ts'
import { replicasOf, requireBinding } from './require-binding.ts'
import { requireNetwork } from './require-network.ts'
import { requireService } from './require-service.ts'
import { nullableColumns, sealCredential, sealRegistrations, toBalancing } from './service-fields.ts'
import { requireFreeName } from './suggest-name.ts'

/**
 * With an active token. Throws `conflict` when the name is taken, `not_found` for an unknown gateway, `invalid_input`
 * for a network that is not the workspace's and for a gateway that the service cannot be bound to.
 */
export async function createInferenceService(
  input: CreateInferenceServiceInput,
  caller: WorkspaceCaller,
): Promise<InferenceService> {
  requirePermission(caller, 'inference-services.write')
  const row = await inTransaction(consoleContext().database, (transaction) =>
    insert(transaction, input, caller),
  )
  const event = { kind: 'inference-service', id: row.id, version: row.version }
  configurationPublished([row.gatewayId], caller.workspace.id, event)
  return await getInferenceService(row.id, caller)
}

async function insert(
  transaction: Transaction,
  input: CreateInferenceServiceInput,
  caller: WorkspaceCaller,
): Promise<InferenceServiceRow> {
  await requireFreeName(transaction, input.name)
  const gateway = await requireGateway(transaction, input.gatewayId, caller)
  const { instances, hashHeader, balancing, upstreamCredential, nacos, ...fields } = input
  const workspaceId = caller.workspace.id
  const network = await requireNetwork(transaction, input, workspaceId)
  await requireBinding(transaction, { vpcId: network.vpcId, replicas: replicasOf(instances) }, gateway)
  const id = createId('eas')
  const ports = { gatewayId: gateway.id, serviceId: id, workspaceId, listeners: input.nlb }
  await insertInferenceService(
    transaction,
    {
      ...fields,
      ...nullableColumns(input),
      ...network,
      id,
      workspaceId,
      gatewayId: gateway.id,
      runtimeConfig: {},
      balancing: toBalancing(balancing, hashHeader),
      nlb: toJson(await allocateNlbPorts(transaction, ports)),
      nacos: toJson(sealRegistrations(nacos, [])),
      upstreamCredentialSealed: sealCredential(id, upstreamCredential),
      createdById: caller.id,
      createdByName: caller.name,
    },
    instances.map(({ url, weight }) => ({ id: createId('ins'), url, weight })),
  )
  await makeServiceToken(transaction, id, caller)
  const row = await requireService(transaction, id, caller)
  await record(transaction, row, caller)
  return row
}

async function record(
  transaction: Transaction,
  row: InferenceServiceRow,
  caller: WorkspaceCaller,
): Promise<void> {
  const { id, name, workspaceId, gatewayId } = row
  const kind = 'inference-service'
  const after = serviceDocument(row)
  await recordChange(transaction, {
    gatewayId,
    author: { id: caller.id, name: caller.name },
    changes: [{ kind, id, name, workspaceId, operation: 'created', before: null, after }],
    now: consoleContext().clock.now(),
  })
  await recordActivity(transaction, caller, {
    action: 'inference-service.created',
    workspaceId,
    object: { kind, id, name },
    changes: documentChanges(null, after),
  })
}
