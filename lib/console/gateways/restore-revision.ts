import * as z from 'zod'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import type { ConfigurationChange } from '@/lib/control-plane/documents.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { RestoreInput, RestorePreview, Revision } from '@/lib/domain/revision.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { applyRestoreStep } from './apply-restore-step.ts'
import { getRevision } from './list-revisions.ts'
import { planRestore, type Step } from './plan-restore.ts'
import { requireGateway } from './require-gateway.ts'
import { releaseUpstreams, requireFreePaths } from './restore-upstream.ts'
import { documentChanges } from './revision-view.ts'

/** What bringing a revision back would change, before anyone does it. */
export async function previewRestore(
  idOrName: string,
  number: number,
  caller: WorkspaceCaller,
): Promise<RestorePreview> {
  requirePermission(caller, 'revisions.restore')
  const { database } = consoleContext()
  const gateway = await requireGateway(database, idOrName, caller)
  const steps = await planRestore(database, gateway, number, caller)
  return {
    number,
    changes: steps.map((step) => {
      const { kind, id, name } = step.target
      const { before, after } = documentsOf(step)
      return { kind, id, name, operation: step.operation, fields: documentChanges(before, after) }
    }),
  }
}

/** As a new revision. Throws `version_conflict` when another one came after the preview, `conflict` when nothing would change. */
export async function restoreRevision(
  idOrName: string,
  number: number,
  { basedOn }: RestoreInput,
  caller: WorkspaceCaller,
): Promise<Revision> {
  requirePermission(caller, 'revisions.restore')
  const { database } = consoleContext()
  const restored = await inTransaction(database, (transaction) =>
    restore(transaction, { idOrName, number, basedOn }, caller),
  )
  const event = { kind: 'gateway', id: restored.gatewayId, version: null }
  configurationPublished([restored.gatewayId, ...restored.others], caller.workspace.id, event)
  return await getRevision(restored.gatewayId, restored.number, caller)
}

async function restore(
  transaction: Transaction,
  { idOrName, number, basedOn }: { idOrName: string; number: number; basedOn: number },
  caller: WorkspaceCaller,
): Promise<{ gatewayId: string; number: number; others: readonly string[] }> {
  const gateway = await requireGateway(transaction, idOrName, caller)
  if (gateway.revision !== basedOn) {
    const message = `Revision ${gateway.revision} came after the preview. Look at the preview again.`
    throw new AppError('version_conflict', message, { current: { revision: gateway.revision } })
  }
  const steps = await planRestore(transaction, gateway, number, caller)
  if (steps.length === 0) throw new AppError('conflict', `Nothing differs from revision ${number}.`)
  await releaseUpstreams(transaction, steps)
  for (const step of steps) await applyRestoreStep(transaction, step, gateway, caller)
  await requireFreePaths(transaction, steps)
  const author = { id: caller.id, name: caller.name }
  const now = consoleContext().clock.now()
  const changes = steps.map(toChange)
  const made = await recordChange(transaction, {
    gatewayId: gateway.id,
    author,
    changes,
    restoredFrom: number,
    now,
  })
  const others = otherGateways(steps, gateway.id)
  for (const [gatewayId, moved] of others) {
    await recordChange(transaction, { gatewayId, author, changes: moved.map(toChange), now })
  }
  await recordActivity(transaction, caller, {
    action: 'revision.restored',
    workspaceId: caller.workspace.id,
    object: { kind: 'gateway', id: gateway.id, name: gateway.name },
    changes: [{ path: 'revision', before: basedOn, after: number }],
  })
  return { gatewayId: gateway.id, number: made, others: [...others.keys()] }
}

/** Gateways that services leave or come to again, with the steps of those services. */
function otherGateways(steps: readonly Step[], gatewayId: string): Map<string, Step[]> {
  const others = new Map<string, Step[]>()
  for (const step of steps) {
    const { before, after } = documentsOf(step)
    for (const document of [before, after]) {
      const other = document !== null && 'gatewayId' in document ? document.gatewayId : gatewayId
      if (other === gatewayId || others.get(other)?.includes(step)) continue
      others.set(other, [...(others.get(other) ?? []), step])
    }
  }
  return others
}

const restorableKind = z.enum(['gateway', 'inference-service', 'service', 'source', 'model-api'])

function toChange(step: Step): ConfigurationChange {
  const { kind, id, name, workspaceId } = step.target
  return {
    kind: restorableKind.parse(kind),
    id,
    name,
    workspaceId,
    operation: step.operation,
    ...documentsOf(step),
  }
}

function documentsOf(step: Step) {
  return {
    before: step.operation === 'created' ? null : step.before,
    after: step.operation === 'deleted' ? null : step.document,
  }
}
