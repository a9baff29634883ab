import { isIP } from 'node:net'
import type { Discover, DiscoveryTools, DiscoveryUpdate, Endpoint } from '@/lib/discovery/discovery.ts'
import { type ListedInstance, NacosRegistry } from '@/lib/nacos/nacos-registry.ts'
import { FullJitter } from '@/lib/platform/full-jitter.ts'
import type { NacosDiscovery } from '@/lib/snapshot/discovery-snapshot.ts'
import { explainNacos } from './explain-nacos.ts'

const pollMsMinDefault = 1_000
const pollMsMax = 30_000
/** By then whoever lives has told a server that was started anew about itself: beats come every 5 s. */
const emptyAgainMsDefault = 6_000

export interface NacosDiscoveryOptions {
  /** For tests: the least time between two polls. */
  readonly pollMsMin?: number
  /** For tests: how soon an empty list is asked for again before it is believed. */
  readonly emptyAgainMs?: number
}

/** A service's instances, asked for as often as the server says that its list lasts: every 1 to 30 s. */
export const discoverNacos = createNacosDiscovery()

export function createNacosDiscovery(options: NacosDiscoveryOptions = {}): Discover<NacosDiscovery> {
  return (target, tools, tell) => {
    const poll = new NacosPoll(target, options, tools, tell)
    void poll.run()
    return () => poll.stop()
  }
}

class NacosPoll {
  readonly #target: NacosDiscovery
  readonly #registry: NacosRegistry
  readonly #tell: (update: DiscoveryUpdate) => void
  readonly #pollMsMin: number
  readonly #emptyAgainMs: number
  readonly #backoff: FullJitter
  /** Until it is known, there may have been some before this node was started. */
  #hadEndpoints = true
  #isEmptyDoubted = false
  #isStopped = false
  #timer: NodeJS.Timeout | undefined

  constructor(
    target: NacosDiscovery,
    { pollMsMin = pollMsMinDefault, emptyAgainMs = emptyAgainMsDefault }: NacosDiscoveryOptions,
    { clock, permits }: DiscoveryTools,
    tell: (update: DiscoveryUpdate) => void,
  ) {
    this.#target = target
    this.#registry = new NacosRegistry(target.cluster, clock, permits)
    this.#tell = tell
    this.#pollMsMin = pollMsMin
    this.#emptyAgainMs = emptyAgainMs
    this.#backoff = new FullJitter(pollMsMin, pollMsMax)
  }

  async run(): Promise<void> {
    const waitMs = await this.#look()
    if (this.#isStopped) return
    this.#timer = setTimeout(() => void this.run(), waitMs).unref()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  /** Until the next time. */
  async #look(): Promise<number> {
    try {
      const { group, service } = this.#target
      const { instances, cacheMs } = await this.#registry.instances(group, service)
      if (this.#isStopped) return 0
      this.#backoff.reset()
      return this.#found(instances.flatMap(asEndpoint), cacheMs ?? 0)
    } catch (error) {
      if (this.#isStopped) return 0
      this.#tell({ kind: 'failed', reason: explainNacos(error) })
      return this.#pollMsMin + this.#backoff.next()
    }
  }

  /** A server that has just started knows of nobody yet, so that none after some is asked for twice. */
  #found(endpoints: readonly Endpoint[], cacheMs: number): number {
    if (endpoints.length === 0 && this.#hadEndpoints && !this.#isEmptyDoubted) {
      this.#isEmptyDoubted = true
      return this.#emptyAgainMs
    }
    this.#isEmptyDoubted = false
    this.#hadEndpoints = endpoints.length > 0
    this.#tell({ kind: 'endpoints', endpoints })
    return Math.min(Math.max(cacheMs, this.#pollMsMin), pollMsMax)
  }
}

/** Those that take no traffic are left out; a host name in place of an address cannot be dialled under the policy. */
function asEndpoint({ ip, port, weight, healthy, enabled }: ListedInstance): Endpoint[] {
  if (!healthy || !enabled || isIP(ip) === 0) return []
  return [{ host: ip, port, name: null, weight }]
}
