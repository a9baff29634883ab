import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { deploymentStream } from '@/lib/control-plane/deployment-stream.ts'
import { isNode, readDeploymentReport } from '@/lib/control-plane/node-door.ts'

export const dynamic = 'force-dynamic'

/** Every host runs the whole plan; `host` says who asks, for plans that divide gateways between hosts. */
export async function GET(request: Request): Promise<Response> {
  const plane = controlPlane()
  if (plane === null) return new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  if (!isNode(request, plane.nodeToken)) return new Response(null, { status: 401 })
  return new Response(deploymentStream(plane), {
    headers: {
      'content-type': 'text/event-stream',
      // no-transform: compression would hold events back.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

export async function POST(request: Request): Promise<Response> {
  const plane = controlPlane()
  if (plane === null) return new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  if (!isNode(request, plane.nodeToken)) return new Response(null, { status: 401 })
  const reading = await readDeploymentReport(request)
  if (!reading.ok) return Response.json({ detail: reading.detail }, { status: reading.status })
  await plane.hosts.take(reading.report)
  return new Response(null, { status: 204 })
}
