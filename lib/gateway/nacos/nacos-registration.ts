import type { NacosMeter } from '@/lib/gateway/stages/observe/nacos-meter.ts'
import type { NacosClient, NacosInstance } from '@/lib/nacos/nacos-client.ts'
import { NacosError } from '@/lib/nacos/nacos-error.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import { FullJitter } from '@/lib/platform/full-jitter.ts'
import type { Logger } from '@/lib/platform/logger.ts'

interface Entry {
  /** Null: it is to be withdrawn. */
  wanted: NacosInstance | null
  /** What the server was told last; null: nothing, or it may have forgotten. */
  told: NacosInstance | null
  /** Of the last call that may have made the server know it. */
  toldAt: number | null
  /** When something is to be done next. */
  dueAt: number
}

export interface NacosRegistrationParts {
  readonly client: NacosClient
  readonly meter: NacosMeter
  readonly clock: Clock
  readonly logger: Logger
}

/** Until a server says otherwise. */
const beatMsDefault = 5_000
const beatMsMin = 250
const beatMsMax = 10_000
/** After so long without a beat a server drops an instance by itself. */
const forgottenAfterMs = 30_000
const atOnceMax = 8

/** Keeps one registration as it should be: one round at a time, so that nothing piles up while servers are away. */
export class NacosRegistration {
  readonly #parts: NacosRegistrationParts
  readonly #entries = new Map<string, Entry>()
  readonly #pause = new FullJitter(250, 5_000)
  #pausedUntil = 0
  #round: Promise<void> | null = null
  #lastFailure: string | null = null

  constructor(parts: NacosRegistrationParts) {
    this.#parts = parts
  }

  /** Nothing is registered, and nothing is left to withdraw. */
  get isEmpty(): boolean {
    return this.#entries.size === 0
  }

  /** These are to be registered from now on, and no others. */
  want(instances: readonly NacosInstance[]): void {
    const wanted = new Map(instances.map((instance) => [`${instance.ip} ${instance.port}`, instance]))
    for (const [key, entry] of this.#entries) {
      if (!wanted.has(key) && entry.wanted !== null) {
        entry.wanted = null
        entry.dueAt = 0
      }
    }
    for (const [key, instance] of wanted) {
      const entry = this.#entries.get(key)
      if (entry === undefined) {
        this.#entries.set(key, { wanted: instance, told: null, toldAt: null, dueAt: 0 })
      } else if (entry.wanted === null || !isSame(entry.wanted, instance)) {
        entry.wanted = instance
        entry.dueAt = 0
      }
    }
    this.#parts.meter.wanted = wanted.size
  }

  /** Does what is due; resolves when that is done or has failed. Never rejects. */
  advance(): Promise<void> {
    this.#round ??= this.#runRound().finally(() => {
      this.#round = null
    })
    return this.#round
  }

  async #runRound(): Promise<void> {
    const now = this.#parts.clock.now()
    this.#forget(now)
    if (now < this.#pausedUntil) return
    const due = [...this.#entries].filter(([, entry]) => entry.dueAt <= now)
    if (due.length === 0) return
    for (let first = 0; first < due.length; first += atOnceMax) {
      const failures: unknown[] = []
      const calls = due.slice(first, first + atOnceMax).map(([key, entry]) =>
        this.#tell(key, entry).catch((error: unknown) => {
          failures.push(error)
          this.#putLast(key, entry)
        }),
      )
      await Promise.all(calls)
      if (failures.length > 0) {
        this.#failed(failures[0])
        return
      }
    }
    this.#succeeded()
  }

  /** One that a server will not have must not keep the others waiting in every round. */
  #putLast(key: string, entry: Entry): void {
    if (this.#entries.delete(key)) this.#entries.set(key, entry)
  }

  async #tell(key: string, entry: Entry): Promise<void> {
    const { client, clock } = this.#parts
    const { wanted, told } = entry
    if (wanted === null) {
      if (entry.toldAt !== null) await client.withdraw(told ?? instanceOf(key))
      entry.told = null
      entry.toldAt = null
      if (entry.wanted === null) this.#entries.delete(key)
      return
    }
    let intervalMs: number | null = null
    let isKnown = told !== null && isSame(told, wanted)
    entry.toldAt = clock.now()
    if (isKnown) ({ isKnown, intervalMs } = await client.beat(wanted))
    if (!isKnown) {
      entry.told = null
      await client.register(wanted)
      entry.told = wanted
    }
    // A change that came meanwhile is due at once.
    if (entry.wanted !== wanted) return
    const beatMs = Math.min(Math.max(intervalMs ?? beatMsDefault, beatMsMin), beatMsMax)
    // The server tells its interval with a beat only.
    entry.dueAt = isKnown ? clock.now() + beatMs : 0
  }

  /** Servers that could not be told to drop an instance have done so by themselves. */
  #forget(now: number): void {
    for (const [key, { wanted, toldAt }] of this.#entries) {
      if (wanted === null && (toldAt === null || now - toldAt >= forgottenAfterMs)) this.#entries.delete(key)
    }
    this.#count()
  }

  #succeeded(): void {
    const { meter, logger } = this.#parts
    this.#pause.reset()
    meter.isUp = true
    this.#count()
    if (this.#lastFailure === null) return
    this.#lastFailure = null
    logger.info(this.#subject(), 'the Nacos servers take registrations again')
  }

  #failed(error: unknown): void {
    const { meter, clock, logger } = this.#parts
    const reason = error instanceof NacosError ? error.failure : 'rejected'
    this.#pausedUntil = clock.now() + this.#pause.next()
    meter.failed(reason)
    this.#count()
    if (this.#lastFailure === reason) return
    this.#lastFailure = reason
    const message = error instanceof Error ? error.message : String(error)
    logger.warn({ ...this.#subject(), reason, message }, 'a registration in Nacos failed and is tried again')
  }

  #count(): void {
    let registered = 0
    for (const { told } of this.#entries.values()) if (told !== null) registered += 1
    this.#parts.meter.registered = registered
  }

  #subject() {
    const { service, registration } = this.#parts.meter
    return { service, registration }
  }
}

function isSame(one: NacosInstance, other: NacosInstance): boolean {
  if (one === other) return true
  return one.weight === other.weight && JSON.stringify(one.metadata) === JSON.stringify(other.metadata)
}

function instanceOf(key: string): NacosInstance {
  const [ip = '', port] = key.split(' ')
  return { ip, port: Number(port), weight: 1, metadata: {} }
}
