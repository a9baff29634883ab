import { consoleMetrics } from '@/lib/console/console-metrics.ts'
import { mayReadMetrics } from '@/lib/console/may-read-metrics.ts'

export const dynamic = 'force-dynamic'

export async function GET(request: Request): Promise<Response> {
  if (!(await mayReadMetrics(request))) {
    return new Response('Show an API token of the installation.\n', {
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
    })
  }
  const { text, contentType } = await consoleMetrics()
  return new Response(text, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } })
}
