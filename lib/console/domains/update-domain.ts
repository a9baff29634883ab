import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import type { Domain, UpdateDomainInput } from '@/lib/domain/domain-name.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { type DomainRow, updateDomain as updateRow } from '@/lib/persistence/domain-store.ts'
import { type DomainPlan, requireProtocol } from './check-domain.ts'
import { domainDocument } from './domain-document.ts'
import { domainPublished } from './domain-published.ts'
import { getDomain } from './get-domain.ts'
import { startOrder } from './order-certificate.ts'
import { recordDomain } from './record-domain.ts'
import { requireDomain, requireDomainWrite } from './require-domain.ts'

/** Throws `version_conflict` with the name as it is now. */
export async function updateDomain(
  idOrName: string,
  input: UpdateDomainInput,
  caller: WorkspaceCaller,
): Promise<Domain> {
  const { before, after } = await withCurrent(
    () =>
      inTransaction(consoleContext().database, (transaction) => update(transaction, idOrName, input, caller)),
    () => getDomain(idOrName, caller),
  )
  const { id, gatewayId, workspaceId, version } = after
  domainPublished([gatewayId], workspaceId, { id, version })
  if (after.automaticCertificate && !before.automaticCertificate) startOrder(id)
  return await getDomain(id, caller)
}

async function update(
  transaction: Transaction,
  idOrName: string,
  { version, ...input }: UpdateDomainInput,
  caller: WorkspaceCaller,
): Promise<{ before: DomainRow; after: DomainRow }> {
  const before = await requireDomain(transaction, idOrName, caller)
  requireDomainWrite(caller, before)
  const plan = nextPlan(before, input)
  await requireProtocol(transaction, plan, before.workspaceId, before.certificateId)
  const { protocol, certificateId, automaticCertificate, forceHttps } = plan
  const isStarting = automaticCertificate && !before.automaticCertificate
  await updateRow(
    transaction,
    { id: before.id, version },
    {
      ...{ protocol, certificateId, automaticCertificate, forceHttps },
      ...((isStarting || !automaticCertificate) && { certificateError: null, certificateTriedAt: null }),
    },
  )
  const after = await requireDomain(transaction, before.id, caller)
  await recordDomain(transaction, caller, {
    action: 'domain.updated',
    domain: after,
    before: domainDocument(before),
    after: domainDocument(after),
  })
  return { before, after }
}

/** A certificate that is ordered replaces the present one when it comes, and not before. */
function nextPlan(row: DomainRow, input: Omit<UpdateDomainInput, 'version'>): DomainPlan {
  const protocol = input.protocol ?? row.protocol
  const isHttps = protocol === 'https'
  const automaticCertificate = isHttps && (input.automaticCertificate ?? row.automaticCertificate)
  const chosen = input.certificateId === undefined ? row.certificateId : input.certificateId
  return {
    name: row.name,
    side: row.side,
    protocol,
    certificateId: isHttps ? (automaticCertificate ? (chosen ?? row.certificateId) : chosen) : null,
    automaticCertificate,
    forceHttps: input.forceHttps ?? (isHttps && row.forceHttps),
    vpcId: row.vpcId,
  }
}
