export interface StoredObject {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly resourceVersion: string
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: StoredObject
}

interface Past extends WatchEvent {
  readonly resource: string
  readonly version: number
}

export interface SliceEndpoint {
  readonly address: string
  readonly ready?: boolean | null
  readonly serving?: boolean
  readonly terminating?: boolean
  readonly uid?: string
}

export interface SlicePort {
  readonly name?: string | null
  readonly port: number
  readonly protocol?: string
}

type Follow = (event: Past) => void

const historyMaxDefault = 1_000

/** The objects of a cluster, each change with a resource version of its own, and as much of the past as watches may ask for. */
export class KubernetesState {
  readonly #objects = new Map<string, StoredObject>()
  readonly #followers = new Set<Follow>()
  readonly #historyMax: number
  #past: Past[] = []
  resourceVersion = 1
  /** Watches may start here at the earliest. */
  oldestVersion = 1

  constructor(historyMax = historyMaxDefault) {
    this.#historyMax = historyMax
  }

  putNamespace(name: string): void {
    this.#put('namespaces', 'Namespace', '', name, {})
  }

  putService(
    namespace: string,
    name: string,
    ports: ReadonlyArray<SlicePort & { readonly targetPort?: number | string }>,
    type = 'ClusterIP',
  ): void {
    this.#put('services', 'Service', namespace, name, {
      spec: { type, ports: ports.map((port) => ({ protocol: 'TCP', ...port })) },
    })
  }

  putSlice(
    namespace: string,
    service: string,
    name: string,
    ports: readonly SlicePort[],
    endpoints: readonly SliceEndpoint[],
    addressType = 'IPv4',
  ): void {
    this.#put(
      'endpointslices',
      'EndpointSlice',
      namespace,
      name,
      {
        addressType,
        ports: ports.map((port) => ({ protocol: 'TCP', ...port })),
        endpoints: endpoints.map(({ address, uid, ...conditions }) => ({
          addresses: [address],
          conditions: { ready: true, ...conditions },
          ...(uid !== undefined && { targetRef: { kind: 'Pod', uid } }),
        })),
      },
      { 'kubernetes.io/service-name': service },
    )
  }

  remove(resource: string, namespace: string, name: string): void {
    const key = keyOf(resource, namespace, name)
    const found = this.#objects.get(key)
    if (found === undefined) return
    this.#objects.delete(key)
    this.#tell('DELETED', resource, found)
  }

  get(resource: string, namespace: string | null, name: string): StoredObject | undefined {
    return this.#objects.get(keyOf(resource, namespace ?? '', name))
  }

  list(resource: string, namespace: string | null, selector: string | null): StoredObject[] {
    return [...this.#objects]
      .filter(([key, object]) => key.startsWith(`${resource} `) && isAsked(object, namespace, selector))
      .map(([, object]) => object)
  }

  /** What happened after a version; null: it is too old. */
  since(version: number, resource: string, namespace: string | null, selector: string | null): Past[] | null {
    if (version !== 0 && version < this.oldestVersion) return null
    return this.#past.filter((past) => {
      return past.version > version && past.resource === resource && isAsked(past.object, namespace, selector)
    })
  }

  follow(resource: string, namespace: string | null, selector: string | null, tell: Follow): () => void {
    const follow: Follow = (past) => {
      if (past.resource === resource && isAsked(past.object, namespace, selector)) tell(past)
    }
    this.#followers.add(follow)
    return () => this.#followers.delete(follow)
  }

  /** As a compaction, after which no watch can start from an older version. */
  compact(): void {
    this.resourceVersion += 1
    this.oldestVersion = this.resourceVersion
    this.#past = []
  }

  #put(
    resource: string,
    kind: string,
    namespace: string,
    name: string,
    fields: Readonly<Record<string, unknown>>,
    labels: Readonly<Record<string, string>> = {},
  ): void {
    const key = keyOf(resource, namespace, name)
    const type = this.#objects.has(key) ? 'MODIFIED' : 'ADDED'
    const metadata = { name, namespace, labels, resourceVersion: '' }
    this.#objects.set(key, this.#tell(type, resource, { kind, metadata, ...fields }))
  }

  #tell(type: 'ADDED' | 'MODIFIED' | 'DELETED', resource: string, object: StoredObject): StoredObject {
    this.resourceVersion += 1
    const version = this.resourceVersion
    const stamped = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } }
    const past: Past = { type, resource, version, object: stamped }
    this.#past.push(past)
    if (this.#past.length > this.#historyMax) {
      this.oldestVersion = this.#past.shift()?.version ?? this.oldestVersion
    }
    for (const follow of this.#followers) follow(past)
    return stamped
  }
}

function keyOf(resource: string, namespace: string, name: string): string {
  return `${resource} ${namespace}/${name}`
}

/** Equality of one label is all that is understood of selectors. */
function isAsked({ metadata }: StoredObject, namespace: string | null, selector: string | null): boolean {
  if (namespace !== null && metadata.namespace !== namespace) return false
  if (selector === null || selector === '') return true
  const [label = '', value] = selector.split('=')
  return metadata.labels?.[label] === value
}
