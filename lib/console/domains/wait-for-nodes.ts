import { consoleContext } from '@/lib/console/console-context.ts'
import { liveNodes } from '@/lib/console/gateways/live-nodes.ts'
import { OrderFailure } from './order-failure.ts'

const pollEveryMs = 100

/** Until every live node of the gateway runs the revision. Throws `OrderFailure` when that takes too long. */
export async function waitForNodes(gatewayId: string, revision: number, timeoutMs: number): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += pollEveryMs) {
    const nodes = await liveNodes(consoleContext().database, gatewayId)
    if (nodes.length > 0 && nodes.every((node) => (node.revision ?? -1) >= revision)) return
    if (waitedMs >= timeoutMs) {
      throw new OrderFailure(
        nodes.length === 0
          ? 'No node of the gateway is running, so nobody could answer the challenge.'
          : 'The gateway’s nodes did not take the challenge in time.',
      )
    }
    await new Promise((resolve) => setTimeout(resolve, pollEveryMs))
  }
}
