import type { DiscoveredHold } from '@/lib/gateway/runtime/discovered-plan.ts'
import type { DiscoveryRegistry } from '@/lib/gateway/runtime/discovery-registry.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import type { AddressUpstream } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** Throws `SnapshotRefused` on TLS settings that cannot be read. */
export function acquireDiscovered(
  { discovery }: { readonly discovery: DiscoveryRegistry },
  { id }: { readonly id: string },
  upstream: AddressUpstream,
  { limits, egress }: Pick<GatewaySnapshot, 'limits' | 'egress'>,
): DiscoveredHold {
  return discovery.acquire(id, upstream, { egress, connectTimeoutMs: limits.upstreamConnectMs })
}
