import type { WordAutomaton } from './word-automaton.ts'

/** How a symbol began: at a boundary of words, within one, or within a character, where no match may begin. */
const atBoundary = 0
const inWord = 1
const inCharacter = 2

/** The walk of one text through the automaton of words. No call allocates. */
export class WordScan {
  /** Transitions followed, to hold against the length of the text. */
  steps = 0
  /** What the last `settle` found, the longest of each kind: where it begins, and its rule; -1 for nothing. */
  maskStart = -1
  maskRule = -1
  blockStart = -1
  blockRule = -1
  readonly #automaton: WordAutomaton
  readonly #ringMask: number
  /** By symbol read, as many as a word may have: where its character begins in the text, and how. */
  readonly #starts: Float64Array
  readonly #beginnings: Uint8Array
  #node = 0
  #count = 0

  constructor(automaton: WordAutomaton) {
    this.#automaton = automaton
    const size = 2 ** Math.ceil(Math.log2(automaton.depthMax + 1))
    this.#ringMask = size - 1
    this.#starts = new Float64Array(size)
    this.#beginnings = new Uint8Array(size)
  }

  /** Where the longest text begins that could still become a word; -1 for none. */
  get aliveFrom(): number {
    return this.#node === 0 ? -1 : (this.#starts[this.#beginningOf(this.#node)] as number)
  }

  /** Forgets what was read: no word goes on past here. */
  reset(): void {
    this.#node = 0
  }

  /**
   * Finds the words that ended with the last character, now that the next one is known: whether it continues the
   * word. True if there are any.
   */
  settle(isContinued: boolean): boolean {
    let ending = this.#automaton.endingAt[this.#node] as number
    if (ending === 0) return false
    this.maskStart = this.blockStart = -1
    for (; ending !== 0; ending = this.#nextEnding(ending)) {
      this.#settleAt(ending, isContinued)
      if (this.maskStart !== -1 && this.blockStart !== -1) break
    }
    return this.maskStart !== -1 || this.blockStart !== -1
  }

  read(codePoint: number, at: number, isContinuing: boolean): void {
    const symbol = this.#automaton.symbolOf(codePoint)
    if (symbol === 0) this.#node = 0
    else if (symbol > 0) this.#advance(symbol, at, isContinuing ? inWord : atBoundary)
    else {
      let beginning = isContinuing ? inWord : atBoundary
      for (const part of this.#automaton.sequenceOf(symbol)) {
        this.#advance(part, at, beginning)
        beginning = inCharacter
      }
    }
  }

  #advance(symbol: number, at: number, beginning: number): void {
    const { fails } = this.#automaton
    this.#starts[this.#count & this.#ringMask] = at
    this.#beginnings[this.#count & this.#ringMask] = beginning
    this.#count += 1
    this.steps += 1
    let node = this.#node
    let next = this.#automaton.childOf(node, symbol)
    while (next === 0 && node !== 0) {
      node = fails[node] as number
      next = this.#automaton.childOf(node, symbol)
      this.steps += 1
    }
    while (next !== 0 && !this.#mayBegin(next)) {
      next = fails[next] as number
      this.steps += 1
    }
    this.#node = next
  }

  /** Whether what the node stands for began where a word at or below it may begin. */
  #mayBegin(node: number): boolean {
    const beginning = this.#beginnings[this.#beginningOf(node)] as number
    return beginning === atBoundary || (beginning === inWord && this.#automaton.plain[node] === 1)
  }

  #beginningOf(node: number): number {
    return (this.#count - (this.#automaton.depths[node] as number)) & this.#ringMask
  }

  #nextEnding(node: number): number {
    this.steps += 1
    return this.#automaton.endingAt[this.#automaton.fails[node] as number] as number
  }

  #settleAt(node: number, isContinued: boolean): void {
    const end = this.#automaton.ends[node]
    const place = this.#beginningOf(node)
    const beginning = this.#beginnings[place] as number
    if (!end || beginning === inCharacter) return
    const isWhole = beginning === atBoundary && !isContinued
    const mask = isWhole ? first(end.plainMask, end.wholeMask) : end.plainMask
    const block = isWhole ? first(end.plainBlock, end.wholeBlock) : end.plainBlock
    if (this.maskStart === -1 && mask !== -1) {
      this.maskStart = this.#starts[place] as number
      this.maskRule = mask
    }
    if (this.blockStart === -1 && block !== -1) {
      this.blockStart = this.#starts[place] as number
      this.blockRule = block
    }
  }
}

/** The earlier of two rules of the list, where either may be missing. */
function first(one: number, other: number): number {
  if (one === -1 || other === -1) return Math.max(one, other)
  return Math.min(one, other)
}
