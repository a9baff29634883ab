import type * as z from 'zod'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { CertificatePreview, certificatePreviewInput } from '@/lib/domain/certificate.ts'
import { examineCertificate } from './examine-certificate.ts'

/** What an upload would be. Nothing is stored. */
export async function previewCertificate(
  input: z.infer<typeof certificatePreviewInput>,
  caller: WorkspaceCaller,
): Promise<CertificatePreview> {
  requirePermission(caller, 'certificates.write')
  const { facts, errors, warnings } = examineCertificate(input, consoleContext().clock.now())
  return { facts, errors, warnings }
}
