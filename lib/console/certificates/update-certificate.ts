import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { recordOnGateways } from '@/lib/console/networks/record-on-gateways.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { type Certificate, coversName, type UpdateCertificateInput } from '@/lib/domain/certificate.ts'
import { type CertificateRow, updateCertificate as updateRow } from '@/lib/persistence/certificate-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { findGateways } from '@/lib/persistence/gateway-store.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import { certificateColumns } from './certificate-columns.ts'
import { certificateDocument, requireCertificate, requireCertificateWrite } from './certificate-view.ts'
import { requireFreeCertificateName } from './create-certificate.ts'
import { getCertificate } from './get-certificate.ts'

/** Chain without key keeps the key, and the other way round. New connections see the new certificate within seconds. */
export async function updateCertificate(
  id: string,
  input: UpdateCertificateInput,
  caller: WorkspaceCaller,
): Promise<Certificate> {
  const { row, gateways } = await withCurrent(
    () => inTransaction(consoleContext().database, (transaction) => update(transaction, id, input, caller)),
    () => getCertificate(id, caller),
  )
  configurationPublished(gateways, caller.workspace.id, { kind: 'certificate', id, version: row.version })
  return await getCertificate(id, caller)
}

async function update(
  transaction: Transaction,
  id: string,
  { version, name, ...written }: UpdateCertificateInput,
  caller: WorkspaceCaller,
): Promise<{ row: CertificateRow; gateways: readonly string[] }> {
  const before = await requireCertificate(transaction, id, caller)
  requireCertificateWrite(caller, before)
  if (name !== undefined && name !== before.name)
    await requireFreeCertificateName(transaction, before.workspaceId, name)
  await updateRow(
    transaction,
    { id, version },
    { ...(name !== undefined && { name }), ...nextColumns(before, written) },
  )
  const after = await requireCertificate(transaction, id, caller)
  const documents = { before: certificateDocument(before), after: certificateDocument(after) }
  const isReplaced = before.keySealed !== after.keySealed || before.chainPem !== after.chainPem
  await recordActivity(transaction, caller, {
    action: isReplaced ? 'certificate.replaced' : 'certificate.updated',
    workspaceId: caller.workspace.id,
    object: { kind: 'certificate', id, name: after.name },
    changes: changedFields({ ...documents.before }, { ...documents.after }),
  })
  if (!isReplaced) return { row: after, gateways: [] }
  const change = { kind: 'certificate', id, name: after.name, operation: 'updated', ...documents } as const
  const used = await findGateways(
    transaction,
    [...after.domains, ...after.services].map(({ gatewayId }) => gatewayId),
  )
  return { row: after, gateways: await recordOnGateways(transaction, used, change, caller) }
}

function nextColumns(
  row: CertificateRow,
  { chain, key, passphrase }: Pick<UpdateCertificateInput, 'chain' | 'key' | 'passphrase'>,
) {
  if (chain === undefined && key === undefined) return {}
  if (row.source === 'acme') {
    const message = 'This certificate is ordered automatically. Upload another one and choose it instead.'
    throw fieldError('chain', 'automatic', message)
  }
  const columns = certificateColumns(row.id, {
    chain: chain ?? row.chainPem,
    key: key ?? openSecret(consoleContext().masterKey, row.id, row.keySealed),
    passphrase: passphrase ?? null,
  })
  const uncovered = row.domains.filter((domain) => !coversName(columns.names, domain.name))
  if (uncovered.length === 0) return columns
  const names = uncovered.map((domain) => domain.name).join(', ')
  const message = `It does not cover ${names}, which this certificate serves. It covers ${columns.names.join(', ')}.`
  throw fieldError('chain', 'domains_uncovered', message, { names })
}
