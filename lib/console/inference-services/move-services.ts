import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { aliveSince } from '@/lib/console/gateways/live-nodes.ts'
import { requireGateway } from '@/lib/console/gateways/require-gateway.ts'
import { isAppError } from '@/lib/console/http/problem-response.ts'
import type { MoveServicesInput, MoveServicesResult } from '@/lib/domain/service-move.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { getInferenceService, type InferenceServiceRow } from '@/lib/persistence/inference-service-store.ts'
import { bindingComplaintsOf, replicasOf } from './require-binding.ts'
import { updateInferenceService } from './update-inference-service.ts'

type Moved = MoveServicesResult['items'][number]

/**
 * Each service by itself, so that one that cannot move keeps none back. The gateway that a service leaves finishes the
 * requests under way. Throws `not_found` for an unknown gateway.
 */
export async function moveServices(
  { gatewayId, serviceIds, dryRun }: MoveServicesInput,
  caller: WorkspaceCaller,
): Promise<MoveServicesResult> {
  requirePermission(caller, 'inference-services.write')
  const gateway = await requireGateway(consoleContext().database, gatewayId, caller)
  const items: Moved[] = []
  for (const id of new Set(serviceIds)) items.push(await moveOne(id, gateway, dryRun, caller))
  return { items }
}

async function moveOne(
  id: string,
  gateway: GatewayRow,
  dryRun: boolean,
  caller: WorkspaceCaller,
): Promise<Moved> {
  const { database } = consoleContext()
  const row = await getInferenceService(database, caller.workspace.id, id, aliveSince())
  if (row === null) {
    const message = 'There is no such service in this workspace. It may have been deleted.'
    return { id, name: id, outcome: 'refused', complaints: [{ code: 'not_found', message }] }
  }
  const item = { id: row.id, name: row.name, complaints: [] }
  if (row.gatewayId === gateway.id) return { ...item, outcome: 'unchanged' }
  const complaints = await complaintsOf(row, gateway)
  if (complaints.length > 0) return { ...item, outcome: 'refused', complaints }
  if (dryRun) return { ...item, outcome: 'movable' }
  try {
    await updateInferenceService(row.id, { gatewayId: gateway.id, version: row.version }, caller)
    return { ...item, outcome: 'moved' }
  } catch (error) {
    if (!isAppError(error)) throw error
    const { code, publicMessage: message, options } = error
    const fields = options.invalidFields?.map((field) => ({ code: field.code, message: field.message }))
    return { ...item, outcome: 'refused', complaints: fields ?? [{ code, message }] }
  }
}

async function complaintsOf(row: InferenceServiceRow, gateway: GatewayRow): Promise<Moved['complaints']> {
  const service = { vpcId: row.vpcId, replicas: replicasOf(row.instances) }
  const complaints = await bindingComplaintsOf(consoleContext().database, service, gateway)
  return complaints.map(({ code, message }) => ({ code, message }))
}
