import * as z from 'zod'
import { requireInstallationOwner, requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { CertificateDocument } from '@/lib/control-plane/history-documents.ts'
import { type Certificate, certificate } from '@/lib/domain/certificate.ts'
import { mayRole } from '@/lib/domain/role.ts'
import {
  type CertificateOwners,
  type CertificateRow,
  getCertificate,
} from '@/lib/persistence/certificate-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { chainFacts } from './examine-certificate.ts'

/** Those of the installation are for its owners' eyes. */
export function ownersFor(caller: WorkspaceCaller): CertificateOwners {
  return { workspaceId: caller.workspace.id, installation: caller.ownsInstallation }
}

/** Throws `not_found`. */
export async function requireCertificate(
  transaction: Transaction,
  id: string,
  caller: WorkspaceCaller,
): Promise<CertificateRow> {
  return found(await getCertificate(transaction, ownersFor(caller), id))
}

export function requireCertificateWrite(
  caller: WorkspaceCaller,
  { workspaceId }: { readonly workspaceId: string | null },
): void {
  requirePermission(caller, 'certificates.write')
  if (workspaceId === null) requireInstallationOwner(caller)
}

const names = z.array(z.string())

export function certificateNames(row: { readonly names: unknown }): readonly string[] {
  return names.parse(row.names)
}

export function certificateDocument(
  row: Pick<CertificateRow, 'name' | 'names' | 'fingerprint' | 'notAfter'>,
): CertificateDocument {
  return {
    name: row.name,
    names: certificateNames(row),
    fingerprint: row.fingerprint,
    notAfter: row.notAfter.toISOString(),
  }
}

export function certificateUsers({ domains, services }: CertificateRow): Certificate['usedBy'] {
  return [
    ...domains.map(({ id, name }) => ({ kind: 'domain' as const, id, name })),
    ...services.map(({ id, name }) => ({ kind: 'service' as const, id, name })),
  ]
}

export function certificateView(row: CertificateRow, caller: WorkspaceCaller): Certificate {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    name: row.name,
    source: certificate.shape.source.parse(row.source),
    installation: row.workspaceId === null,
    ...chainFacts(row.chainPem, consoleContext().clock.now()),
    usedBy: [...certificateUsers(row)],
    editable: row.workspaceId === null ? caller.ownsInstallation : mayRole(caller.role, 'certificates.write'),
  }
}
