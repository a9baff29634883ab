import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { Caller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { DomainDocument } from '@/lib/control-plane/history-documents.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import type { Transaction } from '@/lib/persistence/database.ts'

export interface DomainChange {
  readonly action: string
  readonly domain: {
    readonly id: string
    readonly name: string
    readonly gatewayId: string
    readonly workspaceId: string | null
  }
  readonly before: DomainDocument | null
  readonly after: DomainDocument | null
}

/** A revision of the gateway and a line of activity. Answers the revision's number. */
export async function recordDomain(
  transaction: Transaction,
  caller: Caller,
  { action, domain, before, after }: DomainChange,
): Promise<number> {
  const { id, name, workspaceId } = domain
  await recordActivity(transaction, caller, {
    action,
    workspaceId,
    object: { kind: 'domain', id, name },
    changes: changedFields(before && { ...before }, after && { ...after }),
  })
  return await recordDomainRevision(transaction, caller, { domain, before, after })
}

/** A revision alone: challenges come and go without anyone's doing. */
export async function recordDomainRevision(
  transaction: Transaction,
  caller: Pick<Caller, 'id' | 'name'>,
  { domain, before, after }: Omit<DomainChange, 'action'>,
): Promise<number> {
  const { id, name, gatewayId, workspaceId } = domain
  const operation = before === null ? 'created' : after === null ? 'deleted' : 'updated'
  return await recordChange(transaction, {
    gatewayId,
    author: { id: caller.id, name: caller.name },
    changes: [{ kind: 'domain', id, name, workspaceId, operation, before, after }],
    now: consoleContext().clock.now(),
  })
}
