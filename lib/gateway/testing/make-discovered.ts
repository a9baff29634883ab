import type { DiscoverySnapshot } from '@/lib/snapshot/discovery-snapshot.ts'
import type { AddressUpstream, UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** A service at addresses, plain HTTP, without health checks. */
export function makeDiscoveredService(
  discovery: DiscoverySnapshot,
  upstream: Partial<AddressUpstream> = {},
): UpstreamServiceSnapshot {
  return {
    id: 'svc_model',
    name: 'model',
    workspaceId: 'ws_test',
    requestTimeoutMs: 10_000,
    upstream: { ...makeAddresses(discovery), ...upstream },
  }
}

export function makeAddresses(discovery: DiscoverySnapshot): AddressUpstream {
  return {
    kind: 'addresses',
    discovery,
    tls: null,
    balancing: { strategy: 'round-robin' },
    healthCheck: null,
    passiveHealth: null,
  }
}
