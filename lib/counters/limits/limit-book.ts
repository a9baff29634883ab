import { hash, randomBytes } from 'node:crypto'
import { type Clock, systemClock } from '@/lib/platform/clock.ts'
import { createCount, type LimitCount, restoreCount } from './limit-count.ts'
import type { LimitSource, LimitState, LimitUse, LimitVerdict } from './limit-source.ts'
import { isKept, type LimitSpan } from './limit-span.ts'

export interface LimitBounds {
  /** Values with counts of their own, of one rule whose values callers choose. */
  readonly values: number
  /** The same over all rules: each of many gets an even share. */
  readonly allValues: number
  /** Counts that the other values of a rule share. */
  readonly shared: number
  readonly rules: number
}

const defaultBounds: LimitBounds = { values: 10_000, allValues: 250_000, shared: 1_024, rules: 10_000 }
/** Each of many rules still tells so many values apart. */
const valuesMin = 100
const sweepEveryMs = 10_000
const ruleSweepEveryMs = 1_000

/** A count as it is kept over restarts. */
export interface KeptCount {
  readonly rule: string
  readonly span: LimitSpan
  readonly value: string
  readonly isOpen: boolean
  readonly count: readonly number[]
}

interface Entry {
  readonly rule: RuleCounts
  readonly value: string
  readonly count: LimitCount
}

interface RuleCounts {
  readonly id: string
  readonly span: LimitSpan
  readonly isOpen: boolean
  readonly own: Map<string, Entry>
  /** Of values beyond the bound; several have one count. */
  readonly shared: Map<string, Entry>
  usedAt: number
  sweptAt: number
}

/**
 * The counts of all rules and values, exact and in one process. What is over is forgotten. Where callers choose the
 * values, a rule keeps a bounded number of them; the others share counts, picked by a secret, of the full amount each:
 * none of them gets by uncounted, those that are known keep what is theirs, and only who uses up all shared counts
 * keeps new ones out.
 */
export class LimitBook implements LimitSource {
  readonly #clock: Clock
  readonly #bounds: LimitBounds
  readonly #rules = new Map<string, RuleCounts>()
  /** No more than there are counts: where nobody takes them, they go with these. */
  #changed = new Set<Entry>()
  #openRules = 0
  #sweptAt = 0
  /** Secret; decides which values share a count. */
  salt = randomBytes(16).toString('base64url')

  constructor(clock: Clock = systemClock, bounds: Partial<LimitBounds> = {}) {
    this.#clock = clock
    this.#bounds = { ...defaultBounds, ...bounds }
  }

  /** Counts of all rules. */
  get size(): number {
    let size = 0
    for (const { own, shared } of this.#rules.values()) size += own.size + shared.size
    return size
  }

  admit(uses: readonly LimitUse[]): LimitVerdict {
    const now = this.#clock.now()
    if (now - this.#sweptAt >= sweepEveryMs || now < this.#sweptAt) this.#sweepAll(now)
    const refused = this.#refusing(uses, now)
    if (refused === null) {
      for (const use of uses) if (use.weight > 0) this.#add(use, use.weight, now)
    }
    return { refused, states: uses.map((use) => this.#stateOf(use, now)) }
  }

  spend(uses: readonly LimitUse[], amount: number): void {
    if (amount <= 0) return
    const now = this.#clock.now()
    for (const use of uses) this.#add(use, amount, now)
  }

  /** What has changed since the last time, of what is worth keeping. */
  takeChanged(): KeptCount[] {
    const changed = this.#changed
    this.#changed = new Set()
    return [...changed].map(keptOf)
  }

  /** Everything that is worth keeping. */
  kept(): KeptCount[] {
    this.#sweepAll(this.#clock.now())
    return [...this.#rules.values()]
      .filter(({ span }) => isKept(span))
      .flatMap(({ own, shared }) => [...own.values(), ...shared.values()].map(keptOf))
  }

  /** What was kept, and is not over; of several with one rule and value the last counts. */
  restore({ rule, span, value, isOpen, count }: KeptCount): void {
    const restored = restoreCount(span, count)
    const now = this.#clock.now()
    const counts = this.#ruleOf({ rule, span, isOpen }, now)
    const place = isShared(value) ? counts.shared : counts.own
    if (restored.sum(now) > 0) place.set(value, { rule: counts, value, count: restored })
    else place.delete(value)
  }

  #refusing(uses: readonly LimitUse[], now: number): number | null {
    let refused: number | null = null
    let longestMs = 0
    for (const [index, use] of uses.entries()) {
      const count = this.#find(use, now)?.count
      if (count === undefined || count.sum(now) < use.amount) continue
      const waitMs = count.msUntilBelow(use.amount, now) ?? Number.POSITIVE_INFINITY
      if (refused !== null && waitMs <= longestMs) continue
      refused = index
      longestMs = waitMs
    }
    return refused
  }

  #stateOf(use: LimitUse, now: number): LimitState {
    const count = this.#find(use, now)?.count
    if (count === undefined) return { left: use.amount, renewsInMs: 0 }
    const left = Math.max(0, use.amount - count.sum(now))
    return { left, renewsInMs: count.msUntilBelow(left === 0 ? use.amount : Number.MIN_VALUE, now) }
  }

  #add(use: LimitUse, amount: number, now: number): void {
    const entry = this.#find(use, now) ?? this.#create(use, now)
    entry.count.add(amount, now)
    if (isKept(use.span)) this.#changed.add(entry)
  }

  #find(use: LimitUse, now: number): Entry | undefined {
    const rule = this.#rules.get(use.rule)
    if (rule === undefined) return undefined
    rule.usedAt = now
    const own = rule.own.get(use.value)
    if (own !== undefined || rule.shared.size === 0 || this.#hasRoom(rule, now)) return own
    return rule.shared.get(this.#sharedValue(use.value))
  }

  #create(use: LimitUse, now: number): Entry {
    const rule = this.#ruleOf(use, now)
    const hasRoom = this.#hasRoom(rule, now)
    const value = hasRoom ? use.value : this.#sharedValue(use.value)
    const place = hasRoom ? rule.own : rule.shared
    const known = place.get(value)
    if (known !== undefined) return known
    const entry: Entry = { rule, value, count: createCount(rule.span) }
    place.set(value, entry)
    return entry
  }

  #hasRoom(rule: RuleCounts, now: number): boolean {
    if (!rule.isOpen) return true
    const { values, allValues } = this.#bounds
    const share = Math.max(valuesMin, Math.floor(allValues / this.#openRules))
    const bound = Math.min(values, share)
    if (rule.own.size < bound) return true
    if (now - rule.sweptAt >= ruleSweepEveryMs || now < rule.sweptAt) this.#sweep(rule, now)
    return rule.own.size < bound
  }

  #sharedValue(value: string): string {
    const digest = hash('sha256', `${this.salt} ${value}`, 'hex')
    return `${sharedMark}${Number.parseInt(digest.slice(0, 8), 16) % this.#bounds.shared}`
  }

  #ruleOf({ rule: id, span, isOpen }: Pick<LimitUse, 'rule' | 'span' | 'isOpen'>, now: number): RuleCounts {
    const known = this.#rules.get(id)
    if (known !== undefined) return known
    if (this.#rules.size >= this.#bounds.rules) this.#forgetLongestUnused()
    const rule = { id, span, isOpen, own: new Map(), shared: new Map(), usedAt: now, sweptAt: now }
    this.#rules.set(id, rule)
    if (isOpen) this.#openRules += 1
    return rule
  }

  #forgetLongestUnused(): void {
    let oldest: RuleCounts | null = null
    for (const rule of this.#rules.values()) {
      if (oldest === null || rule.usedAt < oldest.usedAt) oldest = rule
    }
    if (oldest !== null) this.#forget(oldest)
  }

  #forget({ id, isOpen, own, shared }: RuleCounts): void {
    this.#rules.delete(id)
    if (isOpen) this.#openRules -= 1
    for (const place of [own, shared]) for (const entry of place.values()) this.#changed.delete(entry)
  }

  /** What is over needs not be kept: what was written of it is over as well. */
  #sweep(rule: RuleCounts, now: number): void {
    rule.sweptAt = now
    for (const place of [rule.own, rule.shared]) {
      for (const [value, entry] of place) {
        if (entry.count.sum(now) > 0) continue
        place.delete(value)
        this.#changed.delete(entry)
      }
    }
  }

  #sweepAll(now: number): void {
    this.#sweptAt = now
    for (const rule of this.#rules.values()) {
      this.#sweep(rule, now)
      if (rule.own.size === 0 && rule.shared.size === 0) this.#forget(rule)
    }
  }
}

/** No value begins with it. */
const sharedMark = '~'

function isShared(value: string): boolean {
  return value.startsWith(sharedMark)
}

function keptOf({ rule: { id, span, isOpen }, value, count }: Entry): KeptCount {
  return { rule: id, span, value, isOpen, count: count.stored() }
}
