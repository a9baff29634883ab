import type { RollupSlot } from '@/lib/gateway/stages/observe/rollup-slot.ts'
import type { RequestRollup } from '@/lib/snapshot/node-report.ts'

const minuteMs = 60_000

/** Sums per minute, service and token until a report takes them. Bounded: the oldest go first, counted. */
export class RollupBook {
  readonly #entriesMax: number
  #entries = new Map<string, RequestRollup>()
  #requestsDropped = 0
  /** A new object whenever sums leave the book: what slots remember from before is void. */
  #epoch: object = {}

  constructor(entriesMax = 20_000) {
    this.#entriesMax = entriesMax
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0 && this.#requestsDropped === 0
  }

  /** The sums to add one request to. */
  entry(now: number, serviceId: string, tokenId: string | null): RequestRollup {
    const minute = now - (now % minuteMs)
    const key = `${minute} ${serviceId} ${tokenId ?? ''}`
    return this.#entries.get(key) ?? this.#add(key, emptyRollup(minute, serviceId, tokenId))
  }

  /** The same, remembered in `slot` until the minute or the epoch ends. */
  remembered(slot: RollupSlot, now: number, serviceId: string, tokenId: string | null): RequestRollup {
    if (slot.sum !== null && slot.epoch === this.#epoch && now - slot.sum.minute < minuteMs) return slot.sum
    const sum = this.entry(now, serviceId, tokenId)
    slot.sum = sum
    slot.epoch = this.#epoch
    return sum
  }

  /** Hands over the oldest sums, at most `rollupsMax` of them, and forgets them. */
  take(rollupsMax = Number.POSITIVE_INFINITY): { rollups: RequestRollup[]; requestsDropped: number } {
    this.#epoch = {}
    const rollups: RequestRollup[] = []
    for (const [key, rollup] of this.#entries) {
      if (rollups.length >= rollupsMax) break
      rollups.push(rollup)
      this.#entries.delete(key)
    }
    const requestsDropped = this.#requestsDropped
    this.#requestsDropped = 0
    return { rollups, requestsDropped }
  }

  /** Takes back what could not be delivered, merged with what came since. */
  putBack(taken: { rollups: readonly RequestRollup[]; requestsDropped: number }): void {
    this.#requestsDropped += taken.requestsDropped
    const since = this.#entries
    this.#entries = new Map()
    this.#epoch = {}
    for (const rollup of taken.rollups) this.#merge(rollup)
    for (const rollup of since.values()) this.#merge(rollup)
  }

  #merge(rollup: RequestRollup): void {
    addRollup(this.entry(rollup.minute, rollup.serviceId, rollup.tokenId), rollup)
  }

  #add(key: string, rollup: RequestRollup): RequestRollup {
    if (this.#entries.size >= this.#entriesMax) {
      const [oldest] = this.#entries
      if (oldest !== undefined) {
        this.#requestsDropped += oldest[1].requests
        this.#entries.delete(oldest[0])
        this.#epoch = {}
      }
    }
    this.#entries.set(key, rollup)
    return rollup
  }
}

function emptyRollup(minute: number, serviceId: string, tokenId: string | null): RequestRollup {
  return {
    minute,
    serviceId,
    tokenId,
    requests: 0,
    clientErrors: 0,
    serverErrors: 0,
    rateLimited: 0,
    durationMsSum: 0,
    firstByteMsSum: 0,
    inputTokens: 0,
    outputTokens: 0,
    bytesIn: 0,
    bytesOut: 0,
  }
}

function addRollup(sum: RequestRollup, added: RequestRollup): void {
  sum.requests += added.requests
  sum.clientErrors += added.clientErrors
  sum.serverErrors += added.serverErrors
  sum.rateLimited += added.rateLimited
  sum.durationMsSum += added.durationMsSum
  sum.firstByteMsSum += added.firstByteMsSum
  sum.inputTokens += added.inputTokens
  sum.outputTokens += added.outputTokens
  sum.bytesIn += added.bytesIn
  sum.bytesOut += added.bytesOut
}
