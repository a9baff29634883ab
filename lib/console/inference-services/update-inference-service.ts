import type { WorkspaceCaller } from '@/lib/console/caller.ts'
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
import { orNull } from '@/lib/persistence/json-null.ts'
import { createId } from '@/lib/platform/id.ts'
import { changeService, type ServiceWrite } from './change-service.ts'
import { sealCredential, toBalancing } from './service-fields.ts'

/** Fields left out stay as they are. Throws `version_conflict` with the service as it is now. */
export async function updateInferenceService(
  idOrName: string,
  { version, ...input }: UpdateInferenceServiceInput,
  caller: WorkspaceCaller,
): Promise<InferenceService> {
  const write = (row: InferenceServiceRow, transaction: Transaction) =>
    toWrite(transaction, row, input, caller)
  return await changeService(idOrName, { action: 'inference-service.updated', version, write }, caller)
}

async function toWrite(
  transaction: Transaction,
  row: InferenceServiceRow,
  input: Omit<UpdateInferenceServiceInput, 'version'>,
  caller: WorkspaceCaller,
): Promise<ServiceWrite> {
  const { instances, balancing, hashHeader, upstreamCredential, gatewayId, ...fields } = input
  const { healthCheck, passiveHealth, concurrency, ...plain } = fields
  const gateway = gatewayId === undefined ? undefined : await requireGateway(transaction, gatewayId, caller)
  return {
    columns: {
      ...withoutUndefined(plain),
      ...(gateway && { gatewayId: gateway.id }),
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
