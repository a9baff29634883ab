import type * as z from 'zod'
import { isAppError } from '@/lib/console/http/problem-response.ts'
import { requireModelApiPlan } from '@/lib/console/model-apis/check-model-api.ts'
import { found } from '@/lib/console/not-found.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { isSamePlace } from '@/lib/console/services/plan-keys.ts'
import { reachedProblems } from '@/lib/console/services/plan-reached.ts'
import { followedServiceId, prepareProvider } from '@/lib/console/services/prepare-provider.ts'
import { type ModelApiDocument, modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import {
  certificateIdOf,
  isProviderConfig,
  readServiceConfig,
  type ServiceConfig,
  sourceIdOf,
} from '@/lib/control-plane/service-config.ts'
import { upstreamServiceDocument } from '@/lib/control-plane/upstream-documents.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { hasInferenceService } from '@/lib/persistence/inference-service-store.ts'
import { toJson } from '@/lib/persistence/json-null.ts'
import {
  getModelApi,
  insertModelApi,
  isModelApiNameTaken,
  removeModelApi,
  updateModelApi,
} from '@/lib/persistence/model-api-store.ts'
import {
  getService,
  insertService,
  isServiceNameTaken,
  removeService,
  updateService,
} from '@/lib/persistence/service-store.ts'

/** Keys are never brought back, so they are no part of the past. */
export const restorableService = upstreamServiceDocument.omit({ keys: true })
export type RestorableService = z.infer<typeof restorableService>

/** A service that comes back has no keys; one that goes back keeps them for the address that they were written for. */
export async function restoreService(
  transaction: Transaction,
  id: string,
  document: RestorableService,
): Promise<void> {
  const { workspaceId, gatewayId, name, description, source, requestTimeoutMs } = document
  const config = readServiceConfig(document)
  await requireRestorable(transaction, document, config)
  const columns = {
    ...{ description, requestTimeoutMs },
    config: toJson(document.config),
    sourceId: sourceIdOf(config),
    certificateId: certificateIdOf(config),
    inferenceServiceId: followedServiceId(config),
  }
  const present = await getService(transaction, workspaceId, id)
  if (present === null) {
    if (await isServiceNameTaken(transaction, workspaceId, name)) {
      throw cannot(name, 'another service has its name now.')
    }
    await insertService(transaction, { ...columns, id, workspaceId, gatewayId, name, source }, [])
    return
  }
  const before = readServiceConfig(present)
  const mayKeep = isProviderConfig(before) && isProviderConfig(config) && isSamePlace(before, config)
  const key = { workspaceId, id, version: present.version }
  await updateService(transaction, key, columns, mayKeep ? undefined : [])
}

async function requireRestorable(
  transaction: Transaction,
  { name, workspaceId, gatewayId }: RestorableService,
  config: ServiceConfig,
): Promise<void> {
  const preparation = isProviderConfig(config) ? prepareProvider(config) : null
  const problems =
    preparation === null
      ? await reachedProblems(transaction, config, { workspaceId, gatewayId })
      : preparation.ok
        ? []
        : [preparation.problem]
  if (problems[0] !== undefined) throw cannot(name, problems[0].message)
  const followed = followedServiceId(config)
  if (followed !== null && !(await hasInferenceService(transaction, workspaceId, followed))) {
    throw cannot(name, 'its inference service has been deleted.')
  }
}

/** Throws `in_use` with the Model APIs that route to it and stay. */
export async function unmakeService(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<void> {
  const row = found(await getService(transaction, workspaceId, id))
  requireUnused(row.modelApis.map((api) => ({ kind: 'model-api', ...api })))
  await removeService(transaction, row)
}

export async function restoreModelApi(
  transaction: Transaction,
  id: string,
  document: ModelApiDocument,
): Promise<void> {
  const { workspaceId, name, gatewayId: _, ...columns } = modelApiDocument.parse(document)
  const targets = [document.routing.target.serviceId]
  try {
    await requireModelApiPlan(transaction, document, id)
  } catch (error) {
    if (!isAppError(error)) throw error
    throw cannot(name, error.publicMessage, error)
  }
  const present = await getModelApi(transaction, workspaceId, id)
  if (present !== null) {
    await updateModelApi(transaction, { workspaceId, id, version: present.version }, columns, targets)
    return
  }
  if (await isModelApiNameTaken(transaction, name)) throw cannot(name, 'another Model API has its name now.')
  const later = { fallback: {}, monitoring: {}, plugins: [], disabledRoutes: [] }
  await insertModelApi(transaction, { ...document, ...later, id }, targets)
}

export async function unmakeModelApi(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<void> {
  await removeModelApi(transaction, { workspaceId, id })
}

function cannot(name: string, why: string, cause?: unknown): AppError {
  return new AppError('conflict', `${name} cannot come back: ${why}`, { cause })
}
