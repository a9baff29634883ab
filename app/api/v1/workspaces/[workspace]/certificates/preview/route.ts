import * as z from 'zod'
import { previewCertificate } from '@/lib/console/certificates/preview-certificate.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { certificatePreview, certificatePreviewInput } from '@/lib/domain/certificate.ts'

export const POST = defineHandler({
  summary: 'What an upload would be, without storing anything',
  permission: 'certificates.write',
  params: z.object({ workspace: z.string() }),
  body: certificatePreviewInput,
  success: [200, certificatePreview],
  run: ({ body, caller }) => previewCertificate(body, caller),
})
