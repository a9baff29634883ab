import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { allocateNlbPorts } from '@/lib/console/gateways/allocate-ports.ts'
import { requireGateway } from '@/lib/console/gateways/require-gateway.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import { serviceDocument } from '@/lib/control-plane/service-rows.ts'
import type {
  InferenceService,
  InstanceInput,
  UpdateInferenceServiceInput,
} from '@/lib/domain/inference-service.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import type { InferenceServiceRow, InstanceInsert } from '@/lib/persistence/inference-service-store.ts'
import { orNull, toJson } from '@/lib/persistence/json-null.ts'
import { createId } from '@/lib/platform/id.ts'
import { changeService, type ServiceWrite } from './change-service.ts'
import { replicasOf, requireBinding } from './require-binding.ts'
import { requireNetwork } from './require-network.ts'
import { keepPorts, sealCredential, sealRegistrations, toBalancing } from './service-fields.ts'

/**
 * Fields left out stay as they are. Throws `version_conflict` with the service as it is now, `invalid_input` where
 * network and gateway do not fit. A gateway that it leaves goes on with the requests under way.
 */
export async function updateInferenceService(
  idOrName: string,
  { version, ...input }: UpdateInferenceServiceInput,
  caller: WorkspaceCaller,
): Promise<InferenceService> {
  const write = (row: InferenceServiceRow, transaction: Transaction) =>
    toWrite(transaction, row, input, caller)
  return await changeService(idOrName, { action: 'inference-service.updated', version, write }, caller)
}

type Input = Omit<UpdateInferenceServiceInput, 'version'>

async function toWrite(
  transaction: Transaction,
  row: InferenceServiceRow,
  input: Input,
  caller: WorkspaceCaller,
): Promise<ServiceWrite> {
  const { instances, balancing, hashHeader, upstreamCredential, gatewayId: _, ...fields } = input
  const { healthCheck, passiveHealth, concurrency, nlb: __, nacos: ___, ...plain } = fields
  return {
    columns: {
      ...withoutUndefined(plain),
      ...(await placeColumns(transaction, row, input, caller)),
      ...(healthCheck !== undefined && { healthCheck: orNull(healthCheck) }),
      ...(passiveHealth !== undefined && { passiveHealth: orNull(passiveHealth) }),
      ...(concurrency !== undefined && { concurrency: orNull(concurrency) }),
      ...((balancing !== undefined || hashHeader !== undefined) && {
        balancing: nextBalancing(row, balancing, hashHeader),
      }),
      ...(upstreamCredential !== undefined && {
        upstreamCredentialSealed: sealCredential(row.id, upstreamCredential),
      }),
    },
    instances: instances && keepIdentity(row, instances),
  }
}

/** Gateway, network and the ways past the gateway depend on each other, so a change of one looks at all. */
async function placeColumns(
  transaction: Transaction,
  row: InferenceServiceRow,
  input: Input,
  caller: WorkspaceCaller,
) {
  const before = serviceDocument(row)
  const { vpcId, vswitchId, securityGroupId, vpcDirect, nlb, nacos } = {
    ...before,
    ...withoutUndefined(input),
  }
  const access = { vpcId, vswitchId, securityGroupId, vpcDirect, nlb, nacos }
  const gateway =
    input.gatewayId === undefined ? row.gateway : await requireGateway(transaction, input.gatewayId, caller)
  const network = touches(input, networkFields)
    ? await requireNetwork(transaction, access, row.workspaceId)
    : { vpcId, vswitchId, securityGroupId }
  if (touches(input, ['gatewayId', 'vpcId', 'instances'])) {
    const replicas = replicasOf(input.instances ?? row.instances)
    await requireBinding(transaction, { vpcId: network.vpcId, replicas }, gateway)
  }
  if (!touches(input, ['gatewayId', ...networkFields])) return {}
  const listeners = keepPorts(nlb, before.nlb)
  const { id: serviceId, workspaceId } = row
  const ports = { gatewayId: gateway.id, serviceId, workspaceId, listeners }
  return {
    ...network,
    gatewayId: gateway.id,
    nlb: toJson(await allocateNlbPorts(transaction, ports)),
    ...(input.nacos && { nacos: toJson(sealRegistrations(input.nacos, before.nacos)) }),
  }
}

const networkFields = ['vpcId', 'vswitchId', 'securityGroupId', 'vpcDirect', 'nlb', 'nacos'] as const

function touches(input: Input, fields: readonly (keyof Input)[]): boolean {
  return fields.some((field) => input[field] !== undefined)
}

function nextBalancing(
  row: InferenceServiceRow,
  strategy: UpdateInferenceServiceInput['balancing'],
  hashHeader: string | null | undefined,
) {
  const present = serviceDocument(row).balancing
  const presentHeader =
    present.strategy === 'hash' && present.on !== 'client-address' ? present.on.header : null
  return toBalancing(strategy ?? present.strategy, hashHeader === undefined ? presentHeader : hashHeader)
}

/** By id where one of the service is named, else by address, so that an edited list keeps its health. */
function keepIdentity(row: InferenceServiceRow, inputs: readonly InstanceInput[]): InstanceInsert[] {
  const free = new Map(row.instances.map((instance) => [instance.id, instance.url]))
  const named = inputs.map(({ id }) => (id !== undefined && free.delete(id) ? id : null))
  return inputs.map(({ url, weight }, index) => {
    const sameAddress = [...free].find(([, freeUrl]) => freeUrl === url)?.[0]
    const id = named[index] ?? sameAddress ?? createId('ins')
    free.delete(id)
    return { id, url, weight }
  })
}
