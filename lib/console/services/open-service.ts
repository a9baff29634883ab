import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { compileUpstream } from '@/lib/control-plane/compile-upstream.ts'
import { openNamed, toUpstream } from '@/lib/control-plane/load-upstreams.ts'
import { readServiceConfig } from '@/lib/control-plane/service-config.ts'
import type { CreateServiceInput } from '@/lib/domain/upstream-service.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getGateway } from '@/lib/persistence/gateway-store.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import type { ServiceRow } from '@/lib/persistence/service-store.ts'
import { listSourcesOfGateway } from '@/lib/persistence/source-store.ts'
import { getNamed } from '@/lib/persistence/upstream-store.ts'
import type {
  ProviderKeySnapshot,
  UpstreamServiceSnapshot,
} from '@/lib/snapshot/upstream-service-snapshot.ts'
import type { PlannedKey } from './plan-keys.ts'
import { planService } from './plan-service.ts'
import { requireUpstream } from './require-upstream.ts'

/** A stored service as nodes run it, secrets opened. Throws `not_found`. */
export async function openStoredService(
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<UpstreamServiceSnapshot> {
  const { database, ...opener } = consoleContext()
  return await inTransaction(database, async (transaction) => {
    const row = await requireUpstream(transaction, idOrName, caller)
    const named = await namedBy(transaction, row)
    return compileUpstream(toUpstream(row, named, opener))
  })
}

export interface Draft {
  /** Whose keys stand in for those left out. */
  readonly serviceId: string | null
  readonly service: CreateServiceInput
}

/**
 * What a form holds, as nodes would run it. Keys that it leaves out are those of the stored service, and only for the
 * address and provider that they were written for. Throws `invalid_input` with paths below `service`.
 */
export async function openDraft(
  { serviceId, service }: Draft,
  caller: WorkspaceCaller,
): Promise<UpstreamServiceSnapshot> {
  const { database, ...opener } = consoleContext()
  return await inTransaction(database, async (transaction) => {
    const workspaceId = caller.workspace.id
    const gateway = await getGateway(transaction, workspaceId, service.gatewayId)
    if (gateway === null) {
      throw fieldError('service.gatewayId', 'gateway_unknown', 'There is no such gateway.')
    }
    const stored = serviceId === null ? null : await requireUpstream(transaction, serviceId, caller)
    const place = { workspaceId, gatewayId: gateway.id }
    const plan = await planService(transaction, {
      source: service.source,
      parts: service,
      place,
      stored: stored && { config: readServiceConfig(stored), keys: stored.keys },
      prefix: 'service',
    })
    const { config, certificateId, inferenceServiceId } = plan
    const named = await namedBy(transaction, { gatewayId: gateway.id, certificateId, inferenceServiceId })
    return compileUpstream({
      id: stored?.id ?? 'svc_draft',
      name: service.name,
      workspaceId,
      requestTimeoutMs: service.requestTimeoutMs,
      config,
      keys: plan.keys.flatMap((key, index) => openKey(key, index, stored, opener.masterKey)),
      ...openNamed(config, inferenceServiceId, named, opener),
    })
  })
}

function openKey(
  { id, value }: PlannedKey,
  index: number,
  stored: ServiceRow | null,
  masterKey: Buffer,
): ProviderKeySnapshot[] {
  if (value !== null) return [{ id: id ?? `key_draft_${index + 1}`, value }]
  const kept = stored?.keys.find((key) => key.id === id)
  return kept === undefined ? [] : [{ id: kept.id, value: openSecret(masterKey, kept.id, kept.sealed) }]
}

async function namedBy(
  transaction: Transaction,
  row: Pick<ServiceRow, 'gatewayId' | 'certificateId' | 'inferenceServiceId'>,
) {
  const sources = await listSourcesOfGateway(transaction, row.gatewayId)
  return { sources, ...(await getNamed(transaction, [row])) }
}
