import type { Endpoint } from '@/lib/discovery/discovery.ts'
import { endpointKey } from '@/lib/discovery/tidy-endpoints.ts'
import type { AddressUpstream } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** How a discovered endpoint is reached and known. */
export interface DiscoveredInstance {
  /** Of its service and its address, so that all nodes and restarts agree. */
  readonly id: string
  /** As people see it: with the address that is dialled. */
  readonly url: string
  /** With the name, where there is one, for `Host` and SNI. */
  readonly origin: string
  /** What is dialled in place of the origin's host; null: the origin's host. */
  readonly address: string | null
  /** Empty, or starts with `/` and does not end with one. */
  readonly basePath: string
}

export function discoveredInstance(
  serviceId: string,
  { discovery, tls }: Pick<AddressUpstream, 'discovery' | 'tls'>,
  endpoint: Endpoint,
): DiscoveredInstance {
  const target = discovery.type === 'url' ? new URL(discovery.url) : null
  const scheme = target?.protocol ?? (tls === null ? 'http:' : 'https:')
  const basePath = target === null ? '' : target.pathname.replace(/\/+$/, '')
  const originOf = (host: string) =>
    new URL(`${scheme}//${host.includes(':') ? `[${host}]` : host}:${endpoint.port}`).origin
  return {
    id: `${serviceId}@${endpointKey(endpoint)}`,
    url: originOf(endpoint.host) + basePath,
    origin: originOf(endpoint.name ?? endpoint.host),
    address: endpoint.name === null ? null : endpoint.host,
    basePath,
  }
}
