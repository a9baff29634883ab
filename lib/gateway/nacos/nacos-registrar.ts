import { readyInstances } from '@/lib/gateway/direct/ready-instances.ts'
import { NacosRegistration } from '@/lib/gateway/nacos/nacos-registration.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import { NacosMeter } from '@/lib/gateway/stages/observe/nacos-meter.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { NacosClient, type NacosInstance } from '@/lib/nacos/nacos-client.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { NacosRegistrationSnapshot } from '@/lib/snapshot/snapshot.ts'

export interface NacosRegistrarOptions {
  readonly runtimes: RuntimeHolder
  readonly observer: Observer
  readonly logger: Logger
  readonly clock: Clock
}

/** A registration that the running snapshot asks for, or one that is being taken back. */
interface Held {
  /** As the newest snapshot that asked for it has it. */
  service: ServiceRuntime
  readonly text: string
  readonly target: NacosRegistrationSnapshot
  readonly registration: NacosRegistration
  isLooking: boolean
  isLeaving: boolean
}

const tickMs = 250
const withdrawMsMax = 3_000
const withdrawEveryMs = 50

/**
 * Keeps the ready instances of all services that ask for it registered in their Nacos clusters. Beside the path of
 * requests: it looks every quarter of a second. One node of a gateway does this.
 */
export class NacosRegistrar {
  readonly #options: NacosRegistrarOptions
  readonly #held = new Map<string, Held>()
  /** Taken back, with what they were told not yet undone. */
  readonly #leaving = new Set<Held>()
  #runtime: Runtime | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(options: NacosRegistrarOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#tick(), tickMs).unref()
  }

  /**
   * With `withdraw`, takes everything back first, as far as the servers answer within 3 s. Without, whoever relieves
   * this node goes on with what is registered.
   */
  async stop({ withdraw }: { readonly withdraw: boolean }): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    if (!withdraw) return
    for (const key of [...this.#held.keys()]) this.#giveUp(key)
    const giveUpAt = performance.now() + withdrawMsMax
    while (this.#leaving.size > 0 && performance.now() < giveUpAt) {
      this.#advanceLeaving()
      await new Promise((resolve) => setTimeout(resolve, withdrawEveryMs))
    }
  }

  #tick(): void {
    const runtime = this.#options.runtimes.current
    if (runtime !== null && runtime !== this.#runtime) this.#plan(runtime)
    for (const held of this.#held.values()) {
      void this.#look(held)
      void held.registration.advance()
    }
    this.#advanceLeaving()
  }

  #plan(runtime: Runtime): void {
    this.#runtime = runtime
    const asked = new Set<string>()
    for (const service of runtime.services) {
      for (const target of service.direct.nacos) {
        const key = `${service.id} ${target.id}`
        asked.add(key)
        const text = JSON.stringify([service.name, target])
        const held = this.#held.get(key)
        if (held?.text === text) held.service = service
        else {
          // What the new one registers anew must not be withdrawn behind its back.
          if (held !== undefined && isSamePlace(held.target, target)) held.isLeaving = true
          else this.#giveUp(key)
          this.#held.set(key, this.#hold(key, text, service, target))
        }
      }
    }
    for (const key of [...this.#held.keys()]) if (!asked.has(key)) this.#giveUp(key)
  }

  #hold(key: string, text: string, service: ServiceRuntime, target: NacosRegistrationSnapshot): Held {
    const { runtimes, observer, logger, clock } = this.#options
    const meter = new NacosMeter(service.name, target.id)
    observer.nacosMeters.set(key, meter)
    const mayDial = (address: string, port: number) =>
      runtimes.current?.egress.permits(address) === true &&
      held.service.direct.security.permits(address, port)
    const client = new NacosClient(target, clock, mayDial)
    const registration = new NacosRegistration({ client, meter, clock, logger })
    const held: Held = { service, text, target, registration, isLooking: false, isLeaving: false }
    return held
  }

  #giveUp(key: string): void {
    const held = this.#held.get(key)
    if (held === undefined) return
    held.isLeaving = true
    held.registration.want([])
    this.#held.delete(key)
    this.#options.observer.nacosMeters.delete(key)
    this.#leaving.add(held)
  }

  #advanceLeaving(): void {
    for (const held of this.#leaving) {
      if (held.registration.isEmpty) this.#leaving.delete(held)
      else void held.registration.advance()
    }
  }

  /** Names may take a while to become addresses; beats go on meanwhile. */
  async #look(held: Held): Promise<void> {
    if (held.isLooking) return
    held.isLooking = true
    const instances = await this.#instancesOf(held.service)
    held.isLooking = false
    if (!held.isLeaving) held.registration.want(instances)
  }

  async #instancesOf(service: ServiceRuntime): Promise<NacosInstance[]> {
    const { addresses } = this.#options.runtimes
    const found = await Promise.all(
      readyInstances(service).map(async ({ id, weight, pool }) => {
        const { host, port } = pool.address
        const ip = await addresses.addressOf(host)
        return ip === null ? [] : [{ ip, port, weight, metadata: metadataOf(service.id, id) }]
      }),
    )
    return found.flat()
  }
}

function isSamePlace(one: NacosRegistrationSnapshot, other: NacosRegistrationSnapshot): boolean {
  const isSameName =
    one.namespace === other.namespace && one.group === other.group && one.serviceName === other.serviceName
  return isSameName && one.servers.some((server) => other.servers.includes(server))
}

/** `preserved.register.source` is Nacos's own name for who registers. */
function metadataOf(serviceId: string, instanceId: string): Record<string, string> {
  return {
    'preserved.register.source': 'SWITCHYARD',
    'switchyard.service': serviceId,
    'switchyard.instance': instanceId,
  }
}
