import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { reachedProblems } from '@/lib/console/services/plan-reached.ts'
import { followedServiceId, prepareProvider } from '@/lib/console/services/prepare-provider.ts'
import {
  certificateIdOf,
  isProviderConfig,
  readServiceConfig,
  type ServiceConfig,
  sourceIdOf,
} from '@/lib/control-plane/service-config.ts'
import type { UpstreamServiceDocument } from '@/lib/control-plane/upstream-documents.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { hasInferenceService } from '@/lib/persistence/inference-service-store.ts'
import { toJson } from '@/lib/persistence/json-null.ts'
import {
  getService,
  insertService,
  isServiceNameTaken,
  removeService,
  updateService,
} from '@/lib/persistence/service-store.ts'
import { cannotComeBack } from './cannot-come-back.ts'

/** Keys come back with the address that they were written for. Throws `conflict`. */
export async function restoreService(
  transaction: Transaction,
  id: string,
  document: UpstreamServiceDocument,
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
  const now = new Date(consoleContext().clock.now())
  const keys = document.keys.map((key) => ({
    ...key,
    createdAt: present?.keys.find((kept) => kept.id === key.id)?.createdAt ?? now,
  }))
  if (present !== null) {
    await updateService(transaction, { workspaceId, id, version: present.version }, columns, keys)
    return
  }
  if (await isServiceNameTaken(transaction, workspaceId, name)) {
    throw cannotComeBack(name, 'another service has its name now.')
  }
  await insertService(transaction, { ...columns, id, workspaceId, gatewayId, name, source }, keys)
}

async function requireRestorable(
  transaction: Transaction,
  { name, workspaceId, gatewayId }: UpstreamServiceDocument,
  config: ServiceConfig,
): Promise<void> {
  const preparation = isProviderConfig(config) ? prepareProvider(config) : null
  const problems =
    preparation === null
      ? await reachedProblems(transaction, config, { workspaceId, gatewayId })
      : preparation.ok
        ? []
        : [preparation.problem]
  if (problems[0] !== undefined) throw cannotComeBack(name, problems[0].message)
  const followed = followedServiceId(config)
  if (followed !== null && !(await hasInferenceService(transaction, workspaceId, followed))) {
    throw cannotComeBack(name, 'its inference service has been deleted.')
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
