import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { takenName } from '@/lib/console/field-error.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import type { Certificate, CreateCertificateInput } from '@/lib/domain/certificate.ts'
import { insertCertificate, isCertificateNameTaken } from '@/lib/persistence/certificate-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { createId } from '@/lib/platform/id.ts'
import { certificateColumns } from './certificate-columns.ts'
import { certificateDocument, requireCertificateWrite } from './certificate-view.ts'
import { getCertificate } from './get-certificate.ts'

/** One of the installation is for domains of the shared gateway, and takes an owner of the installation. */
export async function createCertificate(
  { name, installation, ...written }: CreateCertificateInput,
  caller: WorkspaceCaller,
): Promise<Certificate> {
  const workspaceId = installation ? null : caller.workspace.id
  requireCertificateWrite(caller, { workspaceId })
  const id = createId('cert')
  const row = { id, workspaceId, name, ...certificateColumns(id, written) }
  await inTransaction(consoleContext().database, async (transaction) => {
    await requireFreeCertificateName(transaction, workspaceId, name)
    await insertCertificate(transaction, row)
    await recordActivity(transaction, caller, {
      action: 'certificate.created',
      workspaceId: caller.workspace.id,
      object: { kind: 'certificate', id, name },
      changes: changedFields(null, { ...certificateDocument(row) }),
    })
  })
  configurationPublished([], caller.workspace.id, { kind: 'certificate', id, version: 1 })
  return await getCertificate(id, caller)
}

export async function requireFreeCertificateName(
  transaction: Transaction,
  workspaceId: string | null,
  name: string,
): Promise<void> {
  if (await isCertificateNameTaken(transaction, workspaceId, name))
    throw takenName(`A certificate named ${name} exists already.`, name)
}
