/** Of the matches that end at a state, the one that begins first: how many units ago, and the rule. */
export interface PatternEnd {
  readonly distance: number
  readonly rule: number
}

/** Which matches end here, by what is done with them. */
export interface PatternEnds {
  readonly mask: PatternEnd | null
  readonly block: PatternEnd | null
}

/**
 * Everything that patterns can remember of a text: positions that were reached, each with the number of units since
 * the oldest beginning that leads to it, or since a mask that it belongs to already.
 */
export interface PatternState {
  readonly positions: readonly number[]
  readonly distances: readonly number[]
  /** By symbol, filled as texts ask for it; null for a state that is not kept. */
  next: (PatternState | undefined)[] | null
  /** Units that could still become a match. */
  readonly aliveLength: number
  readonly ends: PatternEnds | null
  /** Of patterns with the whole-word option: they end here if the word does. */
  readonly wholeEnds: PatternEnds | null
}
