import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { getSourceCatalogue } from '@/lib/console/sources/ask-source.ts'
import { sourceCatalogue } from '@/lib/domain/source.ts'

export const GET = defineHandler({
  summary: 'Namespaces and services that a source offers',
  permission: 'services.write',
  params: z.object({ workspace: z.string(), id: z.string() }),
  query: z.object({
    /** Left out: no services, unless the source has one namespace alone. */
    namespace: z.string().max(253).optional(),
    hidden: z.enum(['true', 'false']).default('false'),
  }),
  success: [200, sourceCatalogue],
  run: ({ params: { id }, query: { namespace, hidden }, caller }) =>
    getSourceCatalogue(id, { namespace, hidden: hidden === 'true' }, caller),
})
