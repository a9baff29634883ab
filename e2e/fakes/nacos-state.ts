export interface NacosHost {
  readonly ip: string
  readonly port: number
  weight: number
  enabled: boolean
  healthy: boolean
  metadata: Record<string, string>
  readonly ephemeral: boolean
  readonly clusterName: string
  /** `<group>@@<service>` */
  readonly serviceName: string
  lastBeatAt: number
}

export interface NacosPlace {
  readonly namespaceId: string
  readonly serviceName: string
  readonly clusterName: string
  readonly ip: string
  readonly port: number
}

/** Without a beat an ephemeral instance is first unhealthy, then gone. */
const unhealthyAfterMs = 15_000
const goneAfterMs = 30_000

/** The instances of a Nacos server, by namespace and service. What is late is found out when somebody asks. */
export class NacosState {
  readonly #now: () => number
  readonly #namespaces = new Map<string, Map<string, Map<string, NacosHost>>>()

  constructor(now: () => number) {
    this.#now = now
  }

  put(place: NacosPlace, details: Pick<NacosHost, 'weight' | 'enabled' | 'metadata' | 'ephemeral'>): void {
    const { namespaceId, serviceName, clusterName, ip, port } = place
    const namespace = this.#namespaces.get(namespaceId) ?? new Map<string, Map<string, NacosHost>>()
    this.#namespaces.set(namespaceId, namespace)
    const hosts = namespace.get(serviceName) ?? new Map<string, NacosHost>()
    namespace.set(serviceName, hosts)
    const host = { ip, port, clusterName, serviceName, healthy: true, lastBeatAt: this.#now(), ...details }
    hosts.set(keyOf(place), host)
  }

  /** False: there is no such instance. */
  beat(place: NacosPlace): boolean {
    const host = this.#hostsOf(place.namespaceId, place.serviceName)?.get(keyOf(place))
    if (host === undefined) return false
    host.lastBeatAt = this.#now()
    host.healthy = true
    return true
  }

  remove(place: NacosPlace): void {
    this.#hostsOf(place.namespaceId, place.serviceName)?.delete(keyOf(place))
  }

  /** `<group>@@<service>`, of those that ever had an instance. */
  serviceNames(namespaceId: string): string[] {
    return [...(this.#namespaces.get(namespaceId)?.keys() ?? [])]
  }

  list(namespaceId: string, serviceName: string): NacosHost[] {
    return [...(this.#hostsOf(namespaceId, serviceName)?.values() ?? [])]
  }

  /** Everything: namespace, service, hosts. */
  all(): Record<string, Record<string, NacosHost[]>> {
    const all: Record<string, Record<string, NacosHost[]>> = {}
    for (const [namespaceId, services] of this.#namespaces) {
      const listed: Record<string, NacosHost[]> = {}
      for (const serviceName of services.keys()) listed[serviceName] = this.list(namespaceId, serviceName)
      all[namespaceId] = listed
    }
    return all
  }

  /** As after a restart: ephemeral instances live in memory only. */
  clear(): void {
    this.#namespaces.clear()
  }

  #hostsOf(namespaceId: string, serviceName: string): Map<string, NacosHost> | undefined {
    const hosts = this.#namespaces.get(namespaceId)?.get(serviceName)
    for (const [key, host] of hosts ?? []) {
      const silentMs = this.#now() - host.lastBeatAt
      if (!host.ephemeral || silentMs < unhealthyAfterMs) continue
      host.healthy = false
      if (silentMs >= goneAfterMs) hosts?.delete(key)
    }
    return hosts
  }
}

function keyOf({ ip, port, clusterName }: NacosPlace): string {
  return `${clusterName} ${ip} ${port}`
}
