import { allocateNlbPorts } from '@/lib/console/gateways/allocate-ports.ts'
import { isAppError } from '@/lib/console/http/problem-response.ts'
import type { InferenceServiceDocument } from '@/lib/control-plane/documents.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { findGateway } from '@/lib/persistence/gateway-store.ts'
import { type JsonInput, toJson } from '@/lib/persistence/json-null.ts'
import { replicasOf, requireBinding } from './require-binding.ts'
import { requireNetwork } from './require-network.ts'

/**
 * The columns of a document that comes back after what it names may have gone: gateway, network and ports are held
 * to the same rules as when it was saved. Throws `conflict` that names the service.
 */
export async function restoredAccess(
  transaction: Transaction,
  id: string,
  document: InferenceServiceDocument,
): Promise<{ nlb: JsonInput; nacos: JsonInput }> {
  const { name, gatewayId, workspaceId, vpcId, instances } = document
  const gateway = await findGateway(transaction, gatewayId)
  if (gateway === null || (gateway.workspaceId !== null && gateway.workspaceId !== workspaceId)) {
    throw new AppError('conflict', `${name} cannot come back: its gateway has been deleted.`)
  }
  try {
    await requireNetwork(transaction, document, workspaceId)
    await requireBinding(transaction, { vpcId, replicas: replicasOf(instances) }, gateway)
    const ports = { gatewayId, serviceId: id, workspaceId, listeners: document.nlb }
    return { nlb: toJson(await allocateNlbPorts(transaction, ports)), nacos: toJson(document.nacos) }
  } catch (error) {
    if (!isAppError(error)) throw error
    throw new AppError('conflict', `${name} cannot come back: ${error.publicMessage}`, { cause: error })
  }
}
