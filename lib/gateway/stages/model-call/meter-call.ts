import { GatewayError, gatewayErrors } from '@/lib/gateway/error.ts'
import type { RouteChoice } from '@/lib/gateway/runtime/routing/model-router.ts'
import type { Calling } from '@/lib/gateway/stages/model-call/calling.ts'
import { TargetDeclined } from '@/lib/gateway/stages/model-call/target-declined.ts'

/** Makes a call, and tells a routing by metrics what came of it. */
export async function meterCall(
  { operation, observation, notes }: Pick<Calling, 'operation' | 'observation' | 'notes'>,
  { metered }: RouteChoice,
  call: () => Promise<void>,
): Promise<void> {
  const { metrics } = operation.published.router
  if (metrics === null || metered === null) return await call()
  const beganAt = performance.now()
  metrics.began(metered)
  try {
    await call()
    const now = performance.now()
    const { status } = observation
    if (isServicesFault(status)) metrics.failed(metered, now - beganAt, now)
    else if (status < 400) metrics.answered(metered, notes.firstTokenMs, now - beganAt, now)
  } catch (error) {
    const now = performance.now()
    if (isServicesFailure(error) && !observation.exchange.gone) metrics.failed(metered, now - beganAt, now)
    throw error
  } finally {
    metrics.ended(metered)
  }
}

/** What callers do wrong, and callers that left, say nothing about a service. */
function isServicesFailure(error: unknown): boolean {
  if (error instanceof TargetDeclined) return isServicesFault(error.status)
  if (!(error instanceof GatewayError) || error.code === 'overloaded') return false
  return gatewayErrors[error.code].source !== 'client'
}

function isServicesFault(status: number): boolean {
  return status >= 500 || status === 429
}
