import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { gatewayIdOf, isNode } from '@/lib/control-plane/node-door.ts'
import { snapshotStream } from '@/lib/control-plane/snapshot-stream.ts'

export const dynamic = 'force-dynamic'

export async function GET(request: Request): Promise<Response> {
  const plane = controlPlane()
  if (plane === null) return new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  if (!isNode(request, plane.nodeToken)) return new Response(null, { status: 401 })
  const gatewayId = await gatewayIdOf(plane, new URL(request.url).searchParams.get('gatewayId'))
  if (gatewayId === null) return new Response(null, { status: 404 })
  return new Response(snapshotStream(plane, gatewayId), {
    headers: {
      'content-type': 'text/event-stream',
      // no-transform: compression would hold events back.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
