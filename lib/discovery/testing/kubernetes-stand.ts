import { expect, vi } from 'vitest'
import {
  createKubernetesServer,
  type KubernetesServer,
  type KubernetesServerOptions,
} from '@/e2e/fakes/kubernetes-server.ts'
import {
  createKubernetesDiscovery,
  type KubernetesDiscoveryOptions,
} from '@/lib/discovery/kubernetes/discover-kubernetes.ts'
import { FullJitter } from '@/lib/platform/full-jitter.ts'
import type { KubernetesAccess, KubernetesDiscovery } from '@/lib/snapshot/discovery-snapshot.ts'
import { type Followed, follow } from './follow.ts'

/** The ports of a slice. */
export const http = [{ name: 'http', port: 8000 }]

/** API servers, and discoveries that follow the service `chat` in them. */
export class KubernetesStand {
  readonly #closing: Array<() => unknown> = []

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close()
  }

  onClose(close: () => unknown): void {
    this.#closing.push(close)
  }

  async startServer(options: KubernetesServerOptions = {}): Promise<KubernetesServer> {
    const server = await createKubernetesServer(options)
    this.onClose(() => server.close())
    server.state.putService('default', 'chat', [{ name: 'http', port: 80, targetPort: 8000 }])
    return server
  }

  watch(
    cluster: KubernetesAccess,
    target: Partial<KubernetesDiscovery> = {},
    options: KubernetesDiscoveryOptions = {},
    permits?: (address: string) => boolean,
  ): Followed {
    const discover = createKubernetesDiscovery({ backoff: new FullJitter(10, 50), ...options })
    const chat = { namespace: 'default', service: 'chat', port: '80' }
    const followed = follow(discover, { type: 'kubernetes', cluster, ...chat, ...target }, permits)
    this.onClose(() => followed.stop())
    return followed
  }
}

export function accessTo({ url }: { readonly url: string }, access: Partial<KubernetesAccess> = {}) {
  const none = { kind: 'server', sourceId: 'src_1', url, ca: null, serverName: null } as const
  return { ...none, credential: { type: 'none' }, ...access } as KubernetesAccess
}

const soon = { timeout: 8_000, interval: 10 }

export function tells(followed: Followed, endpoints: string): Promise<unknown> {
  return vi.waitFor(() => expect(followed.endpoints).toBe(endpoints), soon)
}

export function fails(followed: Followed, reason: RegExp): Promise<unknown> {
  return vi.waitFor(() => expect(followed.failure).toMatch(reason), soon)
}
