import type { ControlPlane } from './control-plane.ts'
import { latestStream } from './latest-stream.ts'

/** The newest plan at once and on each change, as `lib/snapshot/deployment.ts` has it. */
export function deploymentStream({
  deployments,
}: Pick<ControlPlane, 'deployments'>): ReadableStream<Uint8Array> {
  return latestStream({
    subscribe: (listener) => deployments.subscribe(listener),
    toEvents: (plan) => [`event: plan\ndata: ${JSON.stringify(plan)}\n\n`].values(),
  })
}
