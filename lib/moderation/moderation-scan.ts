import { factsOf, isInvisible, isMark, isWordPart } from './characters.ts'
import { MatchesInOrder } from './matches-in-order.ts'
import { invisiblesMax, type ModerationMatch, type ModerationRule } from './moderation-rule.ts'
import type { PatternAutomaton } from './patterns/pattern-automaton.ts'
import type { PatternEnds, PatternState } from './patterns/pattern-state.ts'
import type { WordAutomaton } from './words/word-automaton.ts'
import { WordScan } from './words/word-scan.ts'

export interface PreparedRules {
  readonly rules: readonly ModerationRule[]
  readonly words: readonly WordAutomaton[]
  readonly patterns: PatternAutomaton | null
}

/** One reading of one text, character by character, so that nothing depends on how the text comes in pieces. */
export class ModerationScan {
  /** Every match of a rule that masks, so far. */
  readonly masks = new MatchesInOrder()
  /** Rules that masked something, in the order in which they did. */
  readonly masking = new Set<ModerationRule>()
  /**
   * The match of a rule that blocks that was first certain; nothing is read after it. A word is certain with the next
   * character that is seen, which may belong to it, and a pattern of whole words with any next one.
   */
  blocked: ModerationMatch | null = null
  /** UTF-16 units read. */
  position = 0
  readonly #rules: readonly ModerationRule[]
  readonly #words: readonly WordScan[]
  readonly #patterns: PatternAutomaton | null
  #state: PatternState | null
  /** Where the last visible character ends, and how many invisible ones followed. */
  #visibleEnd = 0
  #invisibles = 0
  #isAfterVisiblePart = false
  #isAfterPart = false
  #settledUntil = 0

  constructor({ rules, words, patterns }: PreparedRules) {
    this.#rules = rules
    this.#words = words.map((automaton) => new WordScan(automaton))
    this.#patterns = patterns
    this.#state = patterns?.root ?? null
  }

  /** Transitions of words followed, to hold against the length of the text. */
  get steps(): number {
    return this.#words.reduce((sum, { steps }) => sum + steps, 0)
  }

  /**
   * Everything before is settled: read, and part of no match that is still to come. Once blocked it stays where it was
   * before the character that told.
   */
  get settledUntil(): number {
    return this.blocked === null ? this.#settledWith(this.#state) : this.#settledUntil
  }

  /** Reads `text` from `at` on. Returns where it stopped: at a first half of a character whose second is to come, unless `isLast`. */
  read(text: string, at: number, isLast: boolean): number {
    let place = at
    while (place < text.length && this.blocked === null) {
      let codePoint = text.charCodeAt(place)
      if (codePoint >= 0xd800 && codePoint < 0xdc00) {
        if (place + 1 === text.length && !isLast) break
        codePoint = text.codePointAt(place) as number
      }
      this.#readOne(codePoint, codePoint > 0xffff ? 2 : 1)
      place += codePoint > 0xffff ? 2 : 1
    }
    return place
  }

  /** Nothing follows: settles what waited for the next character. */
  finish(): void {
    if (this.blocked !== null) return
    this.#endWholePatterns()
    this.#endWords(false)
    if (this.blocked !== null) {
      this.#settledUntil = this.#settledWith(this.#state)
      return
    }
    for (const words of this.#words) words.reset()
    this.#state = this.#patterns?.root ?? null
  }

  #settledWith(state: PatternState | null): number {
    let from = this.position - (state?.aliveLength ?? 0)
    for (const words of this.#words) {
      const { aliveFrom } = words
      if (aliveFrom !== -1 && aliveFrom < from) from = aliveFrom
    }
    return from
  }

  /** What ended is told before the character is read by the words, so that a block finds what was settled before it. */
  #readOne(codePoint: number, width: number): void {
    const facts = factsOf(codePoint)
    const isPart = (facts & isWordPart) !== 0
    const isContinuing = isPart && this.#isAfterVisiblePart
    const isHidden = (facts & isInvisible) !== 0
    const isTooMany = isHidden && this.#invisibles === invisiblesMax
    const state = this.#state
    if (this.#patterns) this.#readByPatterns(this.#patterns, codePoint, width, isPart && this.#isAfterPart)
    if (isHidden ? isTooMany : (facts & isMark) === 0) this.#endWords(isContinuing)
    if (this.blocked !== null) {
      this.#settledUntil = this.#settledWith(state)
      return
    }
    if (isTooMany) this.#partWords()
    if (isHidden) this.#invisibles += 1
    else this.#readByWords(codePoint, width, isContinuing, isPart)
    this.#isAfterPart = isPart
    this.position += width
  }

  #readByPatterns(patterns: PatternAutomaton, codePoint: number, width: number, isContinuing: boolean): void {
    if (!isContinuing) this.#endWholePatterns()
    const state = patterns.next(this.#state ?? patterns.root, codePoint, isContinuing)
    this.#state = state
    if (state.ends) this.#endPatterns(state.ends, this.position + width)
  }

  #readByWords(codePoint: number, width: number, isContinuing: boolean, isPart: boolean): void {
    for (const words of this.#words) words.read(codePoint, this.position, isContinuing)
    this.#visibleEnd = this.position + width
    this.#invisibles = 0
    this.#isAfterVisiblePart = isPart
  }

  /** Too many invisible characters part a word, or a text of nothing else would be held back without end. */
  #partWords(): void {
    for (const words of this.#words) words.reset()
    this.#isAfterVisiblePart = false
  }

  #endWholePatterns(): void {
    if (this.#state?.wholeEnds) this.#endPatterns(this.#state.wholeEnds, this.position)
  }

  #endPatterns({ mask, block }: PatternEnds, end: number): void {
    if (mask) this.#mask(mask.rule, end - mask.distance, end)
    if (block) this.#block(block.rule, end - block.distance, end)
  }

  #endWords(isContinued: boolean): void {
    for (const words of this.#words) {
      if (!words.settle(isContinued)) continue
      if (words.maskStart !== -1) this.#mask(words.maskRule, words.maskStart, this.#visibleEnd)
      if (words.blockStart !== -1) this.#block(words.blockRule, words.blockStart, this.#visibleEnd)
    }
  }

  #mask(index: number, start: number, end: number): void {
    const rule = this.#ruleAt(index)
    this.masking.add(rule)
    this.masks.add(rule, start, end)
  }

  /** Of several that one character tells: the one that ends first, of these the longest, of these the first in the list. */
  #block(index: number, start: number, end: number): void {
    const other = this.blocked
    const order = other
      ? end - other.end || start - other.start || index - this.#rules.indexOf(other.rule)
      : -1
    if (order < 0) this.blocked = { rule: this.#ruleAt(index), start, end }
  }

  #ruleAt(index: number): ModerationRule {
    return this.#rules[index] as ModerationRule
  }
}
