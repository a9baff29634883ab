import * as z from 'zod'
import { checkDns } from '@/lib/console/domains/check-dns.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { domain } from '@/lib/domain/domain-name.ts'

export const POST = defineHandler({
  summary: 'Ask the DNS where a domain name leads',
  permission: 'domains.write',
  params: z.object({ workspace: z.string(), id: z.string() }),
  success: [200, domain],
  run: ({ params: { id }, caller }) => checkDns(id, caller),
})
