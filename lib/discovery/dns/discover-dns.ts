import type { Discover, DiscoveryTools, DiscoveryUpdate, Endpoint } from '@/lib/discovery/discovery.ts'
import { areSameEndpoints, tidyEndpoints } from '@/lib/discovery/tidy-endpoints.ts'
import { FullJitter } from '@/lib/platform/full-jitter.ts'
import type { DnsDiscovery } from '@/lib/snapshot/discovery-snapshot.ts'
import { codeOf, createNameResolver, type ResolveName } from './resolve-name.ts'

const ttlMsMin = 5_000
const ttlMsMax = 60_000

type Name = DnsDiscovery['names'][number]

/** What is known of one name. */
interface Watched {
  readonly name: Name
  /** The last good answer; null: never one. */
  addresses: readonly string[] | null
  failure: string | null
  readonly backoff: FullJitter
  timer: NodeJS.Timeout | undefined
}

/** Names, each looked up again when its answer has run out: after 5 s at the earliest, after 60 s at the latest. */
export const discoverDns = createDnsDiscovery(createNameResolver())

export function createDnsDiscovery(resolve: ResolveName): Discover<DnsDiscovery> {
  return ({ names }, tools, tell) => {
    const follower = new DnsFollower(names, resolve, tools, tell)
    follower.start()
    return () => follower.stop()
  }
}

class DnsFollower {
  readonly #watched: readonly Watched[]
  readonly #resolve: ResolveName
  readonly #tools: DiscoveryTools
  readonly #tell: (update: DiscoveryUpdate) => void
  #told: readonly Endpoint[] | null = null
  #isStopped = false

  constructor(
    names: readonly Name[],
    resolve: ResolveName,
    tools: DiscoveryTools,
    tell: (update: DiscoveryUpdate) => void,
  ) {
    const backoff = () => new FullJitter(1_000, ttlMsMax - ttlMsMin)
    this.#watched = names.map((name) => ({
      name,
      addresses: null,
      failure: null,
      backoff: backoff(),
      timer: undefined,
    }))
    this.#resolve = resolve
    this.#tools = tools
    this.#tell = tell
  }

  start(): void {
    for (const watched of this.#watched) void this.#look(watched)
  }

  stop(): void {
    this.#isStopped = true
    for (const { timer } of this.#watched) clearTimeout(timer)
  }

  async #look(watched: Watched): Promise<void> {
    const waitMs = await this.#ask(watched)
    if (this.#isStopped) return
    watched.timer = setTimeout(() => void this.#look(watched), waitMs).unref()
    this.#say()
  }

  /** Until the next time. */
  async #ask(watched: Watched): Promise<number> {
    const { host } = watched.name
    try {
      const { addresses, ttlSeconds } = await this.#resolve(host)
      const permitted = addresses.filter((address) => this.#tools.permits(address))
      if (permitted.length > 0) {
        watched.addresses = permitted
        watched.failure = null
        watched.backoff.reset()
        return Math.min(Math.max((ttlSeconds ?? 0) * 1_000, ttlMsMin), ttlMsMax)
      }
      watched.failure = `Every address of ${host} is denied by the egress policy.`
    } catch (error) {
      watched.failure = explain(host, codeOf(error))
    }
    return ttlMsMin + watched.backoff.next()
  }

  /** Once every name has had its first answer. Where one fails, the others count, and its own last answer. */
  #say(): void {
    if (this.#watched.some(({ addresses, failure }) => addresses === null && failure === null)) return
    const failure = this.#watched.find((watched) => watched.failure !== null)?.failure ?? null
    const found = this.#watched.flatMap(({ name, addresses }) => (addresses ?? []).map(asEndpoint(name)))
    const endpoints = tidyEndpoints(found)
    const hasChanged = this.#told === null || !areSameEndpoints(endpoints, this.#told)
    if (endpoints.length > 0 && (hasChanged || failure === null)) {
      this.#told = endpoints
      this.#tell({ kind: 'endpoints', endpoints })
    }
    if (failure !== null) this.#tell({ kind: 'failed', reason: failure })
  }
}

function asEndpoint({ host, port }: Name): (address: string) => Endpoint {
  return (address) => ({ host: address, port, name: address === host ? null : host, weight: 1 })
}

function explain(host: string, code: string | null): string {
  if (code === 'ENOTFOUND' || code === 'ENODATA') return `The name ${host} has no address (${code}).`
  if (code === 'ETIMEOUT') return `The name server gave no answer for ${host} in time.`
  if (code === 'ESERVFAIL') return `The name server failed to look up ${host} (SERVFAIL).`
  return `The name ${host} could not be looked up (${code ?? 'unknown'}).`
}
