import * as z from 'zod'
import { deleteDomain } from '@/lib/console/domains/delete-domain.ts'
import { getDomain } from '@/lib/console/domains/get-domain.ts'
import { updateDomain } from '@/lib/console/domains/update-domain.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { domain, updateDomainInput } from '@/lib/domain/domain-name.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const GET = defineHandler({
  summary: 'A domain name, by id or name',
  permission: 'domains.read',
  params,
  success: [200, domain],
  run: ({ params: { id }, caller }) => getDomain(id, caller),
})

export const PATCH = defineHandler({
  summary: 'Change how a domain name is served',
  permission: 'domains.write',
  params,
  body: updateDomainInput,
  success: [200, domain],
  run: ({ params: { id }, body, caller }) => updateDomain(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Take a domain name away',
  permission: 'domains.write',
  params,
  success: [204, null],
  run: ({ params: { id }, caller }) => deleteDomain(id, caller),
})
