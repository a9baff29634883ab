import type { PermitBlock, PermitRequest, Settlement, Spending } from './permit-source.ts'
import { SlotRing } from './slot-ring.ts'

/** How many slots a block may last beyond the one that it is given in. */
const aheadMax = 9
const sweepEveryMs = 10_000

/**
 * The exact windows of all processes. Permits count from the moment they are given, in the last slot that they may be
 * used in, so whatever a process does with them, no window ever holds more admissions than the limit.
 */
export class PermitLedger {
  readonly #rings = new Map<string, SlotRing>()
  #sweptAt = 0

  acquire({ key, limit, windowMs, needed, wished }: PermitRequest, now: number): PermitBlock {
    if (now - this.#sweptAt > sweepEveryMs || now < this.#sweptAt) this.#sweep(now)
    const ring = this.#ring(key, windowMs)
    const slot = ring.advance(now)
    // Far from full a block may lie unused for a while. Near the limit nobody holds what another one could use.
    const isCalm = ring.sum + wished <= limit / 2
    const permits = Math.max(0, Math.min(isCalm ? wished : needed, Math.floor(limit) - ring.sum))
    const through = isCalm ? slot + aheadMax : slot
    ring.add(through, permits)
    return { permits, from: slot, through }
  }

  settle({ key, permits, through, used, lastUsed }: Settlement, now: number): void {
    const ring = this.#rings.get(key)
    if (ring === undefined) return
    ring.advance(now)
    // Less than that is there only when the clock was set back and the counts started anew.
    ring.add(through, -Math.min(permits, ring.countOf(through)))
    ring.add(lastUsed, used)
  }

  /** Counts what was admitted without permits, even above the limit. */
  spend({ key, windowMs, from, counts }: Spending, now: number): void {
    const ring = this.#ring(key, windowMs)
    ring.advance(now)
    counts.forEach((count, index) => {
      ring.add(from + index, count)
    })
  }

  #ring(key: string, windowMs: number): SlotRing {
    const known = this.#rings.get(key)
    if (known !== undefined) return known
    const ring = new SlotRing(windowMs, aheadMax)
    this.#rings.set(key, ring)
    return ring
  }

  #sweep(now: number): void {
    this.#sweptAt = now
    for (const [key, ring] of this.#rings) {
      ring.advance(now)
      if (ring.sum === 0) this.#rings.delete(key)
    }
  }
}
