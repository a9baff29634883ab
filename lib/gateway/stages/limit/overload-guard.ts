import { totalmem } from 'node:os'
import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import { calm, nextOverload } from '@/lib/gateway/stages/limit/overload.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { GatewayLimits } from '@/lib/snapshot/snapshot.ts'

export type ShedReason = 'requests_in_flight' | 'event_loop' | 'held_bytes'

const sampleEveryMs = 20
/** Refusals closer together than this belong to one episode, which is logged once. */
const episodeGapMs = 5_000
/** Of the memory that the process may use, for bodies that are held whole. */
const heldShare = 1 / 4

function heldBytesMaxHere(): number {
  const constrained = process.constrainedMemory()
  const memory = constrained > 0 ? Math.min(totalmem(), constrained) : totalmem()
  return Math.floor(memory * heldShare)
}

/** Keeps a node fast for the requests that it has taken, by refusing new ones at once. Never touches one under way. */
export class OverloadGuard {
  readonly #logger: Logger
  readonly #heldBytesMax: number
  readonly shed: Record<ShedReason, number> = { requests_in_flight: 0, event_loop: 0, held_bytes: 0 }
  /** Of bodies that are held whole. */
  heldBytes = 0
  #overload = calm
  /** Grows by the share with each request; each whole one is a request that is refused. */
  #due = 0
  #timer: NodeJS.Timeout | null = null
  #lastShedAt: Record<ShedReason, number> = {
    requests_in_flight: -episodeGapMs,
    event_loop: -episodeGapMs,
    held_bytes: -episodeGapMs,
  }

  constructor(logger: Logger, heldBytesMax: number = heldBytesMaxHere()) {
    this.#logger = logger
    this.#heldBytesMax = heldBytesMax
  }

  /** How late the event loop is, on average. Milliseconds. */
  get delayMs(): number {
    return this.#overload.delayMs
  }

  /** Measures the delay of the event loop until `stop`. */
  start(): void {
    let expectedAt = performance.now() + sampleEveryMs
    this.#timer = setInterval(() => {
      const now = performance.now()
      this.sample(Math.max(0, now - expectedAt))
      expectedAt = now + sampleEveryMs
    }, sampleEveryMs).unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  sample(delayMs: number): void {
    this.#overload = nextOverload(this.#overload, delayMs)
  }

  /** Throws when this request is one too many; `requestsInFlight` counts it. */
  check(requestsInFlight: number, limits: GatewayLimits): void {
    if (requestsInFlight > limits.requestsInFlightMax) throw this.#refused('requests_in_flight')
    if (this.#overload.share === 0) return
    this.#due += this.#overload.share
    if (this.#due < 1) return
    this.#due -= 1
    throw this.#refused('event_loop')
  }

  /** Throws when so many bytes more are too many. */
  hold(bytes: number): void {
    if (this.heldBytes + bytes > this.#heldBytesMax) throw this.#refused('held_bytes')
    this.heldBytes += bytes
  }

  release(bytes: number): void {
    this.heldBytes -= bytes
  }

  #refused(reason: ShedReason): GatewayError {
    this.shed[reason] += 1
    const now = performance.now()
    const isNewEpisode = now - this.#lastShedAt[reason] >= episodeGapMs
    this.#lastShedAt[reason] = now
    if (isNewEpisode) {
      const delayMs = Math.round(this.delayMs)
      this.#logger.warn({ reason, delayMs }, 'the node is overloaded and refuses requests')
    }
    return refusal('overloaded', sentences[reason])
  }
}

const sentences: Readonly<Record<ShedReason, string>> = {
  requests_in_flight: 'This gateway node has as many requests under way as it takes. Try again in a moment.',
  event_loop: 'This gateway node is overloaded. Try again in a moment.',
  held_bytes: 'The requests under way fill the memory of this gateway node. Try again in a moment.',
}
