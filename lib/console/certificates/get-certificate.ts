import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Certificate } from '@/lib/domain/certificate.ts'
import { certificateView, requireCertificate } from './certificate-view.ts'

export async function getCertificate(id: string, caller: WorkspaceCaller): Promise<Certificate> {
  requirePermission(caller, 'certificates.read')
  return certificateView(await requireCertificate(consoleContext().database, id, caller), caller)
}
