import type { LimitSpan } from './limit-span.ts'

/** One rule, as one request meets it. */
export interface LimitUse {
  /** What tells the rule from all others of the gateway; of one span for ever. */
  readonly rule: string
  readonly span: LimitSpan
  readonly amount: number
  /** What admitting counts at once: 1 for a request, 0 where only `spend` counts. */
  readonly weight: 0 | 1
  /** Whose count it is; empty where the rule has only one. */
  readonly value: string
  /** Callers choose the value, so that there may be any number of them. */
  readonly isOpen: boolean
}

/** How a rule stands after the question. */
export interface LimitState {
  /** 0 or more. */
  readonly left: number
  /** Of a rule that refuses, until it takes one more; else until nothing is counted any more. Null: never. */
  readonly renewsInMs: number | null
}

export interface LimitVerdict {
  /** Which use refuses, of several the one that does so longest; null: admitted, and counted in all. */
  readonly refused: number | null
  /** In the order of the uses. */
  readonly states: readonly LimitState[]
}

/** Whoever keeps the counts: this process, or one that counts for several. */
export interface LimitSource {
  /** Admits while every count is below its amount; counts in all of them or, refused, in none. Never rejects. */
  admit(uses: readonly LimitUse[]): LimitVerdict | Promise<LimitVerdict>
  /** Counts what is known only afterwards, also above the amount. */
  spend(uses: readonly LimitUse[], amount: number): void
}
