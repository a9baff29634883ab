import * as z from 'zod'
import { createDomain } from '@/lib/console/domains/create-domain.ts'
import { listDomains } from '@/lib/console/domains/list-domains.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createDomainInput, domain } from '@/lib/domain/domain-name.ts'
import { pageOf, pageQuery } from '@/lib/domain/object.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'Domain names, with those of the shared gateway',
  permission: 'domains.read',
  params,
  query: pageQuery.extend({ gatewayId: z.string().max(64).optional() }),
  success: [200, pageOf(domain)],
  run: ({ query, caller }) => listDomains(query, caller),
})

export const POST = defineHandler({
  summary: 'Give a gateway a domain name',
  permission: 'domains.write',
  params,
  body: createDomainInput,
  success: [201, domain],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createDomain(body, caller)
    headers.set('location', `/api/v1/workspaces/${caller.workspace.id}/domains/${created.id}`)
    return created
  },
})
