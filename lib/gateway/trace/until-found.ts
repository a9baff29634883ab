import type { DiscoveryRegistry } from '@/lib/gateway/runtime/discovery-registry.ts'

const waitMs = 10_000
const lookAgainMs = 20

/** Resolves once discovery has said something of each of these services, has had its time, or nobody waits any more. */
export async function untilFound(
  discovery: DiscoveryRegistry,
  serviceIds: readonly string[],
  isOver: () => boolean,
): Promise<void> {
  const giveUpAt = performance.now() + waitMs
  const isPending = (id: string) => discovery.reportOf(id)?.state === 'pending'
  while (serviceIds.some(isPending) && !isOver() && performance.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
  }
}
