import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Certificate } from '@/lib/domain/certificate.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import { listCertificates as listRows } from '@/lib/persistence/certificate-store.ts'
import { certificateView, ownersFor } from './certificate-view.ts'

/** By name; owners of the installation see its certificates too. */
export async function listCertificates(
  query: PageQuery,
  caller: WorkspaceCaller,
): Promise<Page<Certificate>> {
  requirePermission(caller, 'certificates.read')
  const page = await listRows(consoleContext().database, { ...query, ...ownersFor(caller) })
  return { items: page.items.map((row) => certificateView(row, caller)), nextCursor: page.nextCursor }
}
