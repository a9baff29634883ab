import { forgetGrants } from '@/lib/console/consumers/forget-grants.ts'
import { requireModelApiParts, serviceIdsOf } from '@/lib/console/model-apis/check-model-api.ts'
import type { ModelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import {
  getModelApi,
  insertModelApi,
  isModelApiNameTaken,
  removeModelApi,
  updateModelApi,
} from '@/lib/persistence/model-api-store.ts'
import { cannotComeBack, mustPass } from './cannot-come-back.ts'

/** Whether its place is free is for the caller to look at, once all are back. Throws `conflict`. */
export async function restoreModelApi(
  transaction: Transaction,
  id: string,
  document: ModelApiDocument,
): Promise<void> {
  const { workspaceId, name, gatewayId: _, ...columns } = document
  const targets = serviceIdsOf(document)
  await mustPass(name, () => requireModelApiParts(transaction, document))
  const present = await getModelApi(transaction, workspaceId, id)
  if (present !== null) {
    await updateModelApi(transaction, { workspaceId, id, version: present.version }, columns, targets)
    return
  }
  if (await isModelApiNameTaken(transaction, name)) {
    throw cannotComeBack(name, 'another Model API has its name now.')
  }
  await insertModelApi(transaction, { ...document, id }, targets)
}

export async function unmakeModelApi(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<void> {
  await forgetGrants(transaction, { workspaceId, id })
  await removeModelApi(transaction, { workspaceId, id })
}
