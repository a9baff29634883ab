import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { removeCertificate } from '@/lib/persistence/certificate-store.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import {
  certificateDocument,
  certificateUsers,
  requireCertificate,
  requireCertificateWrite,
} from './certificate-view.ts'

/** Throws `in_use` with the domain names that it serves and the services that show it. */
export async function deleteCertificate(id: string, caller: WorkspaceCaller): Promise<void> {
  await inTransaction(consoleContext().database, async (transaction) => {
    const row = await requireCertificate(transaction, id, caller)
    requireCertificateWrite(caller, row)
    requireUnused(certificateUsers(row))
    await removeCertificate(transaction, id)
    await recordActivity(transaction, caller, {
      action: 'certificate.deleted',
      workspaceId: caller.workspace.id,
      object: { kind: 'certificate', id, name: row.name },
      changes: changedFields({ ...certificateDocument(row) }, null),
    })
  })
  configurationPublished([], caller.workspace.id, { kind: 'certificate', id, version: null })
}
