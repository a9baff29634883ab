import { isIP } from 'node:net'
import type { Discover } from '@/lib/discovery/discovery.ts'
import { discoverDns } from '@/lib/discovery/dns/discover-dns.ts'
import type { UrlDiscovery } from '@/lib/snapshot/discovery-snapshot.ts'

/** The addresses of the host that a URL names, which stays their name. A literal address is told at once. */
export const discoverUrl: Discover<UrlDiscovery> = ({ url }, tools, tell) => {
  const { hostname, port, protocol } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const target = { host, port: Number(port) || (protocol === 'https:' ? 443 : 80) }
  if (isIP(host) === 0) return discoverDns({ type: 'dns', names: [target] }, tools, tell)
  tell({ kind: 'endpoints', endpoints: [{ ...target, name: null, weight: 1 }] })
  return () => {}
}
