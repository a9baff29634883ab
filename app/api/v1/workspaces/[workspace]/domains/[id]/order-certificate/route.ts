import * as z from 'zod'
import { orderCertificate } from '@/lib/console/domains/order-certificate.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { domain } from '@/lib/domain/domain-name.ts'

export const POST = defineHandler({
  summary: 'Order the automatic certificate of a domain name now',
  permission: 'domains.write',
  params: z.object({ workspace: z.string(), id: z.string() }),
  success: [200, domain],
  run: ({ params: { id }, caller }) => orderCertificate(id, caller),
})
