import { systemCaller } from '@/lib/console/caller.ts'
import { certificateColumns } from '@/lib/console/certificates/certificate-columns.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { removeChallenges } from '@/lib/persistence/acme-store.ts'
import {
  findCertificate,
  insertCertificate,
  isCertificateNameTaken,
  updateCertificate,
} from '@/lib/persistence/certificate-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { type DomainRow, findDomain, noteOnDomain } from '@/lib/persistence/domain-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { domainDocument } from './domain-document.ts'
import { domainPublished } from './domain-published.ts'
import { recordDomain } from './record-domain.ts'

/** The domain serves what was ordered. A renewal stays the same object, so that whoever looks at it sees it renewed. */
export async function keepCertificate(
  domainId: string,
  written: { readonly chain: string; readonly key: string },
): Promise<void> {
  const domain = await inTransaction(consoleContext().database, async (transaction) => {
    const before = await findDomain(transaction, domainId)
    // Deleted, or given another certificate meanwhile: then nobody needs this one.
    if (before?.automaticCertificate !== true) return null
    const certificateId = await store(transaction, before, written)
    const hadChallenges = await removeChallenges(transaction, domainId)
    await noteOnDomain(transaction, domainId, {
      certificateId,
      certificateError: null,
      certificateTriedAt: null,
    })
    const documents = {
      before: { ...domainDocument(before), ...(hadChallenges && { acmeChallenges: 1 }) },
      after: { ...domainDocument(before), certificateId },
    }
    const action =
      before.certificateId === certificateId ? 'domain.certificate-renewed' : 'domain.certificate-ordered'
    await recordDomain(transaction, systemCaller(), { action, domain: before, ...documents })
    return before
  })
  if (domain !== null)
    domainPublished([domain.gatewayId], domain.workspaceId, { id: domainId, version: domain.version })
}

async function store(
  transaction: Transaction,
  domain: DomainRow,
  written: { readonly chain: string; readonly key: string },
): Promise<string> {
  const { certificate, workspaceId, name } = domain
  const present = certificate === null ? null : await findCertificate(transaction, certificate.id)
  if (present?.source === 'acme') {
    const { id, version } = present
    await updateCertificate(
      transaction,
      { id, version },
      certificateColumns(id, { ...written, passphrase: null }),
    )
    return id
  }
  const id = createId('cert')
  await insertCertificate(transaction, {
    id,
    workspaceId,
    name: await freeName(transaction, workspaceId, name),
    source: 'acme',
    ...certificateColumns(id, { ...written, passphrase: null }),
  })
  return id
}

/** `acme-api-example-com`, or with a number after it. */
async function freeName(
  transaction: Transaction,
  workspaceId: string | null,
  domain: string,
): Promise<string> {
  const base = `acme-${domain.replaceAll('.', '-')}`.slice(0, 58)
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`
    if (!(await isCertificateNameTaken(transaction, workspaceId, name))) return name
  }
}
