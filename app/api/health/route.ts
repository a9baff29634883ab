import { getHealth } from '@/lib/console/get-health.ts'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const health = await getHealth()
  const status = health.status === 'ready' ? 200 : 503
  return Response.json(health, { status, headers: { 'cache-control': 'no-store' } })
}
