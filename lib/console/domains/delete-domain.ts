import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { stringList } from '@/lib/control-plane/stored-json.ts'
import { findCertificate, removeCertificate } from '@/lib/persistence/certificate-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { type DomainRow, removeDomain } from '@/lib/persistence/domain-store.ts'
import { listModelApisOfGateway } from '@/lib/persistence/model-api-store.ts'
import { domainDocument } from './domain-document.ts'
import { domainPublished } from './domain-published.ts'
import { recordDomain } from './record-domain.ts'
import { requireDomain, requireDomainWrite } from './require-domain.ts'

/** Callers by this name are turned away from the next request on. Throws `in_use` with the Model APIs at this name. */
export async function deleteDomain(idOrName: string, caller: WorkspaceCaller): Promise<void> {
  const row = await inTransaction(consoleContext().database, async (transaction) => {
    const domain = await requireDomain(transaction, idOrName, caller)
    requireDomainWrite(caller, domain)
    requireUnused(await modelApisOf(transaction, domain, caller))
    await removeDomain(transaction, domain.id)
    await removeOrderedCertificate(transaction, domain)
    const before = domainDocument(domain)
    await recordDomain(transaction, caller, { action: 'domain.deleted', domain, before, after: null })
    return domain
  })
  domainPublished([row.gatewayId], row.workspaceId, { id: row.id, version: null })
}

/** Of other workspaces only that there are some: the shared gateway's names are for everybody. */
async function modelApisOf(transaction: Transaction, domain: DomainRow, caller: WorkspaceCaller) {
  const apis = await listModelApisOfGateway(transaction, domain.gatewayId)
  return apis
    .filter(({ domainIds }) => stringList(domainIds).includes(domain.id))
    .map(({ id, name, workspaceId }) => {
      const isOwn = workspaceId === caller.workspace.id
      return { kind: 'model-api', id: isOwn ? id : '', name: isOwn ? name : 'of another workspace' }
    })
}

/** What was ordered for a name has no use without it. */
async function removeOrderedCertificate(
  transaction: Transaction,
  { certificateId }: DomainRow,
): Promise<void> {
  const certificate = certificateId === null ? null : await findCertificate(transaction, certificateId)
  if (certificate?.source !== 'acme') return
  if (certificate.domains.length > 0 || certificate.services.length > 0) return
  await removeCertificate(transaction, certificate.id)
}
