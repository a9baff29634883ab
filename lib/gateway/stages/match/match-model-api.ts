import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { discoveredService } from '@/lib/gateway/stages/answer-here/discovery.ts'
import { readPathForm } from '@/lib/gateway/stages/match/path-form.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

/**
 * The Model API that a request is for which no inference service takes. What can only be meant for one of those is left
 * to be told so, even below an API at `/`.
 */
export function matchModelApi(
  runtime: Runtime,
  side: GatewaySide,
  { hostName, url }: Admitted,
): PublishedApi | null {
  const published = runtime.findModelApi(side, hostName, url)
  if (published === null || published.api.basePath !== '/') return published
  const isOther = readPathForm(url) !== null || (side === 'vpc' && discoveredService(url) !== null)
  return isOther ? null : published
}
