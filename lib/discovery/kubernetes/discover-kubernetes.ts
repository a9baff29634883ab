import type { Discover, DiscoveryTools, DiscoveryUpdate, Endpoint } from '@/lib/discovery/discovery.ts'
import { areSameEndpoints, tidyEndpoints } from '@/lib/discovery/tidy-endpoints.ts'
import { FullJitter } from '@/lib/platform/full-jitter.ts'
import type { KubernetesDiscovery } from '@/lib/snapshot/discovery-snapshot.ts'
import { KubernetesClient, type KubernetesClientOptions } from './kubernetes-client.ts'
import { KubernetesError } from './kubernetes-error.ts'
import {
  bookmark,
  type EndpointSlice,
  endpointSlice,
  type KubernetesService,
  service,
  status,
  watchEvent,
} from './kubernetes-objects.ts'
import { listAll } from './list-all.ts'
import { choosePort, hasPort, type PortChoice, toEndpoints } from './to-endpoints.ts'

export interface KubernetesDiscoveryOptions extends Pick<KubernetesClientOptions, 'podFiles' | 'timeoutMs'> {
  /** How long one watch is asked for: between this and half as much again. */
  readonly windowSeconds?: number
  readonly backoff?: FullJitter
}

/** Short, so that a connection that has died without a word is noticed soon. */
const windowSecondsDefault = 60
/** A server that goes on after its window has lost the connection. */
const overtimeMs = 10_000
/** A watch that has lasted so long works. */
const steadyMs = 5_000
/** Changes that come closer together than this are told as one, so that a cluster in a flurry keeps no node busy. */
const restMs = 100
/** Of one service; with the default of 100 endpoints each, a hundred times what a service uses. */
const slicesMax = 1_000
/** Everything is listed anew this often, in case a server was set back behind the watch. */
const listEveryMs = 600_000

/** A service's EndpointSlices: listed, then watched from there, and listed again where the watch cannot go on. */
export const discoverKubernetes = createKubernetesDiscovery()

export function createKubernetesDiscovery(
  options: KubernetesDiscoveryOptions = {},
): Discover<KubernetesDiscovery> {
  return (target, tools, tell) => {
    const watch = new ServiceWatch(target, options, tools, tell)
    void watch.run()
    return () => watch.stop()
  }
}

class ServiceWatch {
  readonly #target: KubernetesDiscovery
  readonly #client: KubernetesClient
  readonly #tell: (update: DiscoveryUpdate) => void
  readonly #windowSeconds: number
  readonly #backoff: FullJitter
  readonly #stopped = new AbortController()
  /** By name. */
  readonly #slices = new Map<string, EndpointSlice>()
  #service: { readonly object: KubernetesService | null; readonly isMissing: boolean } | null = null
  /** Null: everything has to be listed. */
  #resourceVersion: string | null = null
  #listedAt = Number.NEGATIVE_INFINITY
  /** What was told with a doubt; null: what was told last is as it is. */
  #doubted: readonly Endpoint[] | null = null
  #saidAt = Number.NEGATIVE_INFINITY
  /** Of what is still to be said. */
  #rest: NodeJS.Timeout | undefined
  #window = new AbortController()
  #wake: () => void = () => {}

  constructor(
    target: KubernetesDiscovery,
    { podFiles, timeoutMs, windowSeconds, backoff }: KubernetesDiscoveryOptions,
    { permits }: DiscoveryTools,
    tell: (update: DiscoveryUpdate) => void,
  ) {
    this.#target = target
    this.#client = new KubernetesClient({
      access: target.cluster,
      permits,
      ...(podFiles !== undefined && { podFiles }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    })
    this.#tell = tell
    this.#windowSeconds = windowSeconds ?? windowSecondsDefault
    this.#backoff = backoff ?? new FullJitter(500, 30_000)
  }

  stop(): void {
    this.#stopped.abort()
    clearTimeout(this.#rest)
    this.#wake()
  }

  async run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#readService()
        if (performance.now() - this.#listedAt > listEveryMs) this.#resourceVersion = null
        if (this.#resourceVersion === null) await this.#list()
        await this.#watch(this.#resourceVersion ?? '')
      } catch (error) {
        if (this.#stopped.signal.aborted) return
        await this.#recover(error)
      }
    }
  }

  async #recover(error: unknown): Promise<void> {
    const isKnown = error instanceof KubernetesError
    const wasListed = this.#resourceVersion !== null
    // After a connection that broke the watch goes on where it was; a server that says no is asked for everything.
    if (!isKnown || error.status !== null) this.#resourceVersion = null
    if (isKnown && error.isExpired && wasListed) {
      // A server that forgets what it has just listed is to be left in peace.
      if (performance.now() - this.#listedAt > steadyMs) return
    } else {
      this.#fail(error)
    }
    await this.#pause(this.#backoff.next())
  }

  /** Before each window, for its ports. Where it may not be read, slices alone are gone by. */
  async #readService(): Promise<void> {
    const { namespace, service: name } = this.#target
    try {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/services/${encodeURIComponent(name)}`
      const found = service.safeParse(await this.#client.get(path, {}, this.#stopped.signal))
      if (!found.success) throw new KubernetesError(null, 'The address answers no service of Kubernetes.')
      this.#service = { object: found.data, isMissing: false }
    } catch (error) {
      const status = error instanceof KubernetesError ? error.status : null
      // A server that was away may come back with another past.
      if (status === null) this.#resourceVersion = null
      if (status !== 403 && status !== 404) throw error
      this.#service = { object: null, isMissing: status === 404 }
    }
    if (this.#resourceVersion !== null) this.#say()
  }

  async #list(): Promise<void> {
    const { items, resourceVersion } = await listAll(
      this.#client,
      this.#path,
      endpointSlice,
      this.#selector,
      this.#stopped.signal,
    ).catch(explainMissingApi)
    if (items.length > slicesMax) throw tooManySlices(this.#target.service)
    this.#slices.clear()
    for (const slice of items) this.#slices.set(slice.metadata.name, slice)
    this.#resourceVersion = resourceVersion
    this.#listedAt = performance.now()
    this.#say()
  }

  async #watch(resourceVersion: string): Promise<void> {
    const seconds = Math.round(this.#windowSeconds * (1 + Math.random() / 2))
    const query = {
      ...this.#selector,
      watch: '1',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(seconds),
      resourceVersion,
    }
    this.#window = new AbortController()
    const overtime = AbortSignal.timeout(seconds * 1_000 + overtimeMs)
    const ended = AbortSignal.any([this.#window.signal, overtime])
    const startedAt = performance.now()
    try {
      await this.#client.watch(
        this.#path,
        query,
        (events) => this.#take(events),
        AbortSignal.any([this.#stopped.signal, ended]),
      )
    } catch (error) {
      // What was seen so far holds, and the next window goes on from there.
      if (!ended.aborted) throw error
    }
    const lastedMs = performance.now() - startedAt
    if (lastedMs > steadyMs) this.#backoff.reset()
    // A server that ends each window at once must not be asked without end.
    if (lastedMs < 1_000) await this.#pause(1_000 - lastedMs)
  }

  #take(events: readonly unknown[]): void {
    for (const entry of events) {
      const read = watchEvent.safeParse(entry)
      if (!read.success) throw new KubernetesError(null, 'The API server sent an event that cannot be read.')
      const { type, object } = read.data
      if (type === 'ERROR') throw errorEvent(object)
      if (type !== 'BOOKMARK') this.#apply(type, object)
      const { resourceVersion } = bookmark.parse(object).metadata
      if (resourceVersion !== '') this.#resourceVersion = resourceVersion
    }
    this.#backoff.reset()
    // What slices say of ports does not fit the service as it was read: it is read again first.
    if (this.#isServiceOutdated()) this.#window.abort()
    else this.#saySoon()
  }

  #isServiceOutdated(): boolean {
    if (this.#slices.size === 0) return false
    const choice = choosePort(this.#service?.object ?? null, this.#target.port)
    return this.#service?.isMissing === true || !hasPort(this.#slices.values(), choice)
  }

  #apply(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: unknown): void {
    const read = endpointSlice.safeParse(object)
    if (!read.success) throw new KubernetesError(null, 'The API server sent a slice that cannot be read.')
    const { name } = read.data.metadata
    if (type === 'DELETED') this.#slices.delete(name)
    else this.#slices.set(name, read.data)
    if (this.#slices.size <= slicesMax) return
    this.#resourceVersion = null
    throw tooManySlices(this.#target.service)
  }

  #saySoon(): void {
    const waitMs = this.#saidAt + restMs - performance.now()
    if (waitMs <= 0) this.#say()
    else this.#rest ??= setTimeout(() => this.#say(), waitMs).unref()
  }

  #say(): void {
    clearTimeout(this.#rest)
    this.#rest = undefined
    this.#saidAt = performance.now()
    const choice = choosePort(this.#service?.object ?? null, this.#target.port)
    const endpoints = toEndpoints(this.#slices.values(), choice)
    const reason = this.#doubt(choice)
    const doubted = reason === null ? null : tidyEndpoints(endpoints)
    // What is doubtful is told once, and confirmed by saying again what is wrong with it.
    const isKnown = doubted !== null && this.#doubted !== null && areSameEndpoints(doubted, this.#doubted)
    this.#doubted = doubted
    if (!isKnown) this.#tell({ kind: 'endpoints', endpoints })
    if (reason !== null) this.#tell({ kind: 'failed', reason })
  }

  /** Why a list that is empty may not be what was meant; null: it is as it is. */
  #doubt(choice: PortChoice): string | null {
    const { namespace, service: name, port } = this.#target
    const where = `Service ${name} in namespace ${namespace}`
    if (this.#service?.isMissing === true) return `${where} does not exist.`
    if (this.#service?.object?.spec.type === 'ExternalName') {
      return `${where} is of type ExternalName and has no endpoints. Make a DNS service instead.`
    }
    if (choice.kind !== 'missing') return null
    return `${where} has no TCP port ${port}. It has: ${choice.ports.join(', ') || 'none'}.`
  }

  #fail(error: unknown): void {
    if (this.#rest !== undefined) this.#say()
    const reason = error instanceof KubernetesError ? error.message : 'The API server answers nonsense.'
    this.#tell({ kind: 'failed', reason })
  }

  get #path(): string {
    return `/apis/discovery.k8s.io/v1/namespaces/${encodeURIComponent(this.#target.namespace)}/endpointslices`
  }

  get #selector() {
    return { labelSelector: `kubernetes.io/service-name=${this.#target.service}` }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms).unref()
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function tooManySlices(name: string): KubernetesError {
  return new KubernetesError(null, `Service ${name} has more than ${slicesMax} EndpointSlices.`)
}

function errorEvent(object: unknown): KubernetesError {
  const read = status.safeParse(object)
  const { code, message } = read.success ? read.data : { code: 0, message: '' }
  return new KubernetesError(code, `The API server ended the watch: ${message.slice(0, 200) || code}`)
}

function explainMissingApi(error: unknown): never {
  if (!(error instanceof KubernetesError) || error.status !== 404) throw error
  const message =
    'The API server has no EndpointSlices (discovery.k8s.io/v1). Kubernetes 1.21 or newer is needed.'
  throw new KubernetesError(404, message, { cause: error })
}
