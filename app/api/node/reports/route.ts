import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { gatewayIdOf, isNode, readReport } from '@/lib/control-plane/node-door.ts'

export async function POST(request: Request): Promise<Response> {
  const plane = controlPlane()
  if (plane === null) return new Response(null, { status: 503, headers: { 'retry-after': '1' } })
  if (!isNode(request, plane.nodeToken)) return new Response(null, { status: 401 })
  const reading = await readReport(request)
  if (!reading.ok) return Response.json({ detail: reading.detail }, { status: reading.status })
  const gatewayId = await gatewayIdOf(plane, reading.report.gatewayId)
  if (gatewayId === null) return new Response(null, { status: 404 })
  await plane.nodes.take({ ...reading.report, gatewayId })
  return new Response(null, { status: 204 })
}
