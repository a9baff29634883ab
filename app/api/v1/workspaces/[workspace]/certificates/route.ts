import * as z from 'zod'
import { createCertificate } from '@/lib/console/certificates/create-certificate.ts'
import { listCertificates } from '@/lib/console/certificates/list-certificates.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { certificate, createCertificateInput } from '@/lib/domain/certificate.ts'
import { pageOf, pageQuery } from '@/lib/domain/object.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'Certificates',
  permission: 'certificates.read',
  params,
  query: pageQuery,
  success: [200, pageOf(certificate)],
  run: ({ query, caller }) => listCertificates(query, caller),
})

export const POST = defineHandler({
  summary: 'Upload a certificate with its key',
  permission: 'certificates.write',
  params,
  body: createCertificateInput,
  success: [201, certificate],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createCertificate(body, caller)
    headers.set('location', `/api/v1/workspaces/${caller.workspace.id}/certificates/${created.id}`)
    return created
  },
})
