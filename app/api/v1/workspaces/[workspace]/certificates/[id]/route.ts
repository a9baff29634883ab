import * as z from 'zod'
import { deleteCertificate } from '@/lib/console/certificates/delete-certificate.ts'
import { getCertificate } from '@/lib/console/certificates/get-certificate.ts'
import { updateCertificate } from '@/lib/console/certificates/update-certificate.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { certificate, updateCertificateInput } from '@/lib/domain/certificate.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const GET = defineHandler({
  summary: 'A certificate; never its key',
  permission: 'certificates.read',
  params,
  success: [200, certificate],
  run: ({ params: { id }, caller }) => getCertificate(id, caller),
})

export const PATCH = defineHandler({
  summary: 'Rename or replace a certificate',
  permission: 'certificates.write',
  params,
  body: updateCertificateInput,
  success: [200, certificate],
  run: ({ params: { id }, body, caller }) => updateCertificate(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Delete a certificate that nothing uses',
  permission: 'certificates.write',
  params,
  success: [204, null],
  run: ({ params: { id }, caller }) => deleteCertificate(id, caller),
})
