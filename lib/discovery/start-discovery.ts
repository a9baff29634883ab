import { assertNever } from '@/lib/platform/assert.ts'
import type { DiscoverySnapshot } from '@/lib/snapshot/discovery-snapshot.ts'
import type { DiscoveryTools, DiscoveryUpdate } from './discovery.ts'
import { discoverDns } from './dns/discover-dns.ts'
import { discoverFixed } from './fixed/discover-fixed.ts'
import { discoverKubernetes } from './kubernetes/discover-kubernetes.ts'
import { discoverNacos } from './nacos/discover-nacos.ts'
import { discoverUrl } from './url/discover-url.ts'

/** One line per kind. */
export function startDiscovery(
  target: DiscoverySnapshot,
  tools: DiscoveryTools,
  tell: (update: DiscoveryUpdate) => void,
): () => void {
  switch (target.type) {
    case 'fixed':
      return discoverFixed(target, tools, tell)
    case 'dns':
      return discoverDns(target, tools, tell)
    case 'url':
      return discoverUrl(target, tools, tell)
    case 'kubernetes':
      return discoverKubernetes(target, tools, tell)
    case 'nacos':
      return discoverNacos(target, tools, tell)
    default:
      return assertNever(target)
  }
}
