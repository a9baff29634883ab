import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requireInstallationOwner, requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import { type GatewayDocument, gatewayDocument } from '@/lib/control-plane/documents.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { Gateway, UpdateGatewayInput } from '@/lib/domain/gateway.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { type GatewayRow, updateGateway as updateRow } from '@/lib/persistence/gateway-store.ts'
import { getGateway } from './get-gateway.ts'
import { requireGateway } from './require-gateway.ts'

/** Limits left out stay as they are; null takes a rate limit away. The shared gateway takes an owner of the installation. */
export async function updateGateway(
  idOrName: string,
  input: UpdateGatewayInput,
  caller: WorkspaceCaller,
): Promise<Gateway> {
  requirePermission(caller, 'gateways.write')
  const { database } = consoleContext()
  const row = await withCurrent(
    () => inTransaction(database, (transaction) => update(transaction, idOrName, input, caller)),
    () => getGateway(idOrName, caller),
  )
  const event = { kind: 'gateway', id: row.id, version: row.version }
  configurationPublished([row.id], caller.workspace.id, event)
  return await getGateway(row.id, caller)
}

async function update(
  transaction: Transaction,
  idOrName: string,
  { version, limits, trustedProxies, proxyProtocol }: UpdateGatewayInput,
  caller: WorkspaceCaller,
): Promise<GatewayRow> {
  const row = await requireGateway(transaction, idOrName, caller)
  if (row.workspaceId === null) requireInstallationOwner(caller)
  const before = gatewayDocument.parse(row)
  const after = {
    ...before,
    limits: { ...before.limits, ...withoutUndefined(limits ?? {}) } as GatewayDocument['limits'],
    trustedProxies: trustedProxies ?? before.trustedProxies,
    proxyProtocol: proxyProtocol ?? before.proxyProtocol,
  }
  requireSenders(after, trustedProxies === undefined ? 'proxyProtocol' : 'trustedProxies')
  const columns = {
    limits: after.limits,
    trustedProxies: after.trustedProxies,
    proxyProtocol: after.proxyProtocol,
  }
  const updated = await updateRow(transaction, { id: row.id, version }, columns)
  const { id, name, workspaceId } = row
  await recordChange(transaction, {
    gatewayId: id,
    author: { id: caller.id, name: caller.name },
    changes: [{ kind: 'gateway', id, name, workspaceId, operation: 'updated', before, after }],
    now: consoleContext().clock.now(),
  })
  await recordActivity(transaction, caller, {
    action: 'gateway.updated',
    workspaceId: workspaceId ?? caller.workspace.id,
    object: { kind: 'gateway', id, name },
    changes: changedFields(before, after),
  })
  return updated
}

/** Without a proxy that is believed, a listener that waits for proxies would turn everyone away. */
function requireSenders({ trustedProxies, proxyProtocol }: GatewayDocument, path: string): void {
  if (trustedProxies.length > 0 || !(proxyProtocol.internet || proxyProtocol.vpc)) return
  const message = 'The PROXY protocol needs at least one trusted proxy: nobody else may send its header.'
  throw new AppError('invalid_input', message, {
    invalidFields: [{ path, code: 'trusted_proxies_missing', message }],
  })
}
