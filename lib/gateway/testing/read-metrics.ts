import type { Engine } from '@/lib/gateway/handle-request.ts'
import { createGatewayMetrics } from '@/lib/gateway/stages/observe/gateway-metrics.ts'

/** The whole metrics page of an engine. */
export async function readMetrics(engine: Engine): Promise<string> {
  let text = ''
  for await (const piece of createGatewayMetrics(engine, null)()) text += piece
  return text
}
