import { consoleContext } from '@/lib/console/console-context.ts'
import { openApiDocument } from '@/lib/console/http/open-api.ts'
import { listRoutes } from './list-routes.ts'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const { programVersion, publicUrl } = consoleContext()
  const entries = listRoutes().map(({ path, method, handler }) => ({
    path,
    method,
    route: handler.description,
  }))
  return Response.json(openApiDocument(entries, programVersion, publicUrl))
}
