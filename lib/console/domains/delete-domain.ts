import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { findCertificate, removeCertificate } from '@/lib/persistence/certificate-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { type DomainRow, removeDomain } from '@/lib/persistence/domain-store.ts'
import { domainDocument } from './domain-document.ts'
import { domainPublished } from './domain-published.ts'
import { recordDomain } from './record-domain.ts'
import { requireDomain, requireDomainWrite } from './require-domain.ts'

/** Callers by this name are turned away from the next request on. */
export async function deleteDomain(idOrName: string, caller: WorkspaceCaller): Promise<void> {
  const row = await inTransaction(consoleContext().database, async (transaction) => {
    const domain = await requireDomain(transaction, idOrName, caller)
    requireDomainWrite(caller, domain)
    await removeDomain(transaction, domain.id)
    await removeOrderedCertificate(transaction, domain)
    const before = domainDocument(domain)
    await recordDomain(transaction, caller, { action: 'domain.deleted', domain, before, after: null })
    return domain
  })
  domainPublished([row.gatewayId], row.workspaceId, { id: row.id, version: null })
}

/** What was ordered for a name has no use without it. */
async function removeOrderedCertificate(
  transaction: Transaction,
  { certificateId }: DomainRow,
): Promise<void> {
  const certificate = certificateId === null ? null : await findCertificate(transaction, certificateId)
  if (certificate?.source !== 'acme' || certificate.domains.length > 0) return
  await removeCertificate(transaction, certificate.id)
}
