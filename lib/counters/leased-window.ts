import type { Clock } from '@/lib/platform/clock.ts'
import { msUntilSpace } from './local-window.ts'
import type { BlockHolder, PermitBlock, PermitSource, Spending } from './permit-source.ts'
import { type RateWindow, type Verdict, windowMsDefault } from './rate-window.ts'
import { SlotRing, slotsPerWindow } from './slot-ring.ts'

/** Blocks are to last for this many slots while the window is far from full. */
const slotsWished = 10

/**
 * One process's part of a window that several share. Admits against permits that it fetches in blocks, ahead of need
 * once it knows its demand; without a way to ask it admits a share of the limit on its own.
 */
export class LeasedWindow implements RateWindow, BlockHolder {
  readonly #key: string
  readonly #source: PermitSource
  readonly #clock: Clock
  readonly #windowMs: number
  /** What this process admitted, with permits or without. */
  readonly #own: SlotRing
  #block: PermitBlock = noBlock
  #used = 0
  #lastUsed = 0
  #limit = 0
  /** The last slot known to have no permits left. */
  #exhaustedIn = -1
  #asking: Promise<void> | null = null
  #waiting = 0
  #demandSlot = 0
  #arrivals = 0
  #arrivalsPerSlot = 0

  constructor(key: string, source: PermitSource, clock: Clock, windowMs: number = windowMsDefault) {
    this.#key = key
    this.#source = source
    this.#clock = clock
    this.#windowMs = windowMs
    this.#own = new SlotRing(windowMs)
  }

  check(limit: number, now: number): Verdict {
    const slot = this.#own.advance(now)
    const share = this.#source.localShare
    if (share !== null) return this.#own.sum < shareOf(limit, share) ? 'ready' : 'exhausted'
    if (limit !== this.#limit) this.#changeLimit(limit)
    if (slot !== this.#demandSlot) this.#closeDemand(slot)
    const hasPermit = this.#hasPermit(slot)
    if (!hasPermit && this.#exhaustedIn !== slot) return 'unknown'
    this.#arrivals += 1
    return hasPermit ? 'ready' : 'exhausted'
  }

  take(now: number): void {
    const { slot } = this.#own
    this.#own.countOne()
    if (this.#source.localShare !== null) return
    this.#used += 1
    this.#lastUsed = slot
    const left = this.#block.permits - this.#used
    if (left * 4 <= this.#block.permits && this.#asking === null && this.#exhaustedIn !== slot) {
      this.#askAhead(now)
    }
  }

  async refill(_limit: number, now: number): Promise<void> {
    this.#waiting += 1
    try {
      await (this.#asking ?? this.#ask(now))
    } finally {
      this.#waiting -= 1
    }
  }

  retryAfterMs(now: number): number {
    return msUntilSpace(this.#own, now)
  }

  sweep(now: number): boolean {
    const slot = this.#own.advance(now)
    if (this.#block === noBlock) return false
    if (slot >= this.#block.from && slot <= this.#block.through) return true
    this.#giveBack()
    if (slot !== this.#demandSlot) this.#closeDemand(slot)
    if (this.#source.localShare === null && this.#asking === null) this.#askAhead(now)
    return false
  }

  spendingSince(since: number, now: number): Spending | null {
    const slot = this.#own.advance(now)
    if (this.#own.sum === 0) return null
    const from = Math.max(slot - slotsPerWindow + 1, Math.floor(since / this.#own.slotMs))
    const counts = Array.from({ length: Math.max(0, slot - from + 1) }, (_, index) =>
      this.#own.countOf(from + index),
    )
    return counts.some((count) => count > 0)
      ? { key: this.#key, windowMs: this.#windowMs, from, counts }
      : null
  }

  #hasPermit(slot: number): boolean {
    const { permits, from, through } = this.#block
    return this.#used < permits && slot >= from && slot <= through
  }

  /** Permits were given under the old limit; what was learned of the window holds for that limit too. */
  #changeLimit(limit: number): void {
    this.#limit = limit
    this.#exhaustedIn = -1
    this.#giveBack()
  }

  #giveBack(): void {
    if (this.#block !== noBlock) this.#settle(this.#block, this.#used, this.#lastUsed)
    this.#block = noBlock
    this.#used = 0
  }

  #settle({ permits, through }: PermitBlock, used: number, lastUsed: number): void {
    this.#source.settle({ key: this.#key, permits, through, used, lastUsed })
  }

  /** What is needed soon, from the demand of the last slots; refused requests are demand too. */
  #askAhead(now: number): void {
    if (this.#arrivalsPerSlot >= 1 || this.#arrivals > 1) void this.#ask(now)
  }

  #ask(now: number): Promise<void> {
    const limit = this.#limit
    const blockMax = Math.max(1, Math.ceil(limit / slotsPerWindow))
    const restOfSlot = 1 - (now % this.#own.slotMs) / this.#own.slotMs
    const perSlot = Math.max(this.#arrivalsPerSlot, this.#arrivals)
    const needed = Math.max(this.#waiting, Math.min(blockMax, Math.round(perSlot * restOfSlot)))
    const wished = Math.max(needed, Math.min(blockMax, Math.ceil(perSlot * slotsWished)))
    const asking = this.#source
      .acquire({ key: this.#key, limit, windowMs: this.#windowMs, needed, wished })
      .then((block) => this.#receive(block, limit, needed))
    this.#asking = asking
    return asking
  }

  #receive(block: PermitBlock, limit: number, needed: number): void {
    this.#asking = null
    const slot = this.#own.advance(this.#clock.now())
    const isCurrent = limit === this.#limit && slot >= block.from && slot <= block.through
    const left = this.#hasPermit(slot) ? this.#block.permits - this.#used : 0
    // What is left of the block before goes back, so only a node with nothing left knows that nothing is left.
    if (isCurrent && left === 0 && block.permits < needed) this.#exhaustedIn = block.from
    if (isCurrent && block.permits > left) {
      this.#giveBack()
      this.#block = block
      this.#source.watch(this)
    } else if (block.permits > 0) this.#settle(block, 0, block.through)
  }

  #closeDemand(slot: number): void {
    const slots = slot - this.#demandSlot
    const mean = (this.#arrivalsPerSlot + this.#arrivals) / 2
    this.#arrivalsPerSlot =
      slots === 1 ? mean : slots > 0 && slots < slotsPerWindow ? mean / 2 ** (slots - 1) : 0
    this.#arrivals = 0
    this.#demandSlot = slot
  }
}

const noBlock: PermitBlock = { permits: 0, from: -1, through: -1 }

function shareOf(limit: number, share: number): number {
  return share === 1 ? limit : Math.max(1, Math.floor(limit * share))
}
