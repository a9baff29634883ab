import { characterClass, classOf, folded, scriptOf, scripts } from './character-table.ts'
import { planReading, type Stretch, unitsReadMax } from './reading-plan.ts'
import { structureQuestions, type TextShape } from './structure-features.ts'

const { blank, lineBreak, letter, digit } = characterClass

/** Every unit gives at most three features, and every stretch three of its borders. */
const featuresMax = 3 * unitsReadMax + 64
const gramUnits = 4
const edge = 0x3c
const hashStart = 0x811c9dc5
/** Numbers are told apart by their digits only: 1 to 4 or more. */
const digitsToldApart = 4
const numberSeed = 0x51ed270b
/** Before the first and behind the last token of the text. */
const borderToken = 0x2c1b3c6d
/** The same of a stretch that begins or ends within the text. */
const cutToken = 0x297a2d39

/**
 * Turns a text into features: tokens (words, numbers by size, Chinese characters, symbols), pairs and triples of
 * neighbours, groups of four letters within words, and answers to the structure questions. Each distinct feature counts
 * once. The reader is one buffer used again and again: what `read` found holds until the next `read`.
 */
export class FeatureReader {
  /** Features found by the last `read`; the arrays hold this many. */
  count = 0
  readonly indices = new Int32Array(featuresMax)
  readonly weights = new Uint8Array(featuresMax)
  /** Where in the text each feature was met first. */
  readonly starts = new Int32Array(featuresMax)
  readonly ends = new Int32Array(featuresMax)
  /** Sum of squared weights: what the sum of features is normalised by. */
  squares = 0
  /** Answers that hold, as positions in `structureQuestions`. */
  structure: number[] = []
  /** Letters, digits and characters; without any there is nothing to classify. */
  readable = 0

  readonly #mask: number
  /** The turn in which an index was met, instead of clearing the table for every text. */
  readonly #met: Int32Array
  #turn = 0
  readonly #shape: TextShape = {
    length: 0,
    lines: 1,
    numbers: 0,
    words: 0,
    digits: 0,
    identifiers: 0,
    fences: 0,
    endsWithQuestionMark: false,
    scripts: new Uint32Array(scripts.length),
  }
  #previous = 0
  #beforePrevious = 0
  #previousStart = 0
  #beforePreviousStart = 0
  #weight = 1

  /** Hashed features fall on `dimension` indices, a power of two. */
  constructor(dimension: number) {
    this.#mask = dimension - 1
    this.#met = new Int32Array(dimension)
  }

  read(text: string): void {
    this.#start(text)
    for (const stretch of planReading(text.length)) this.#readStretch(text, stretch)
    this.structure = structureQuestions.flatMap(([, holds], place) => (holds(this.#shape) ? [place] : []))
  }

  #start(text: string): void {
    this.count = 0
    this.squares = 0
    this.readable = 0
    this.#turn++
    const shape = this.#shape
    shape.length = text.length
    shape.lines = 1
    shape.numbers = 0
    shape.words = 0
    shape.digits = 0
    shape.identifiers = 0
    shape.fences = 0
    shape.endsWithQuestionMark = lastReadable(text) === '?'
    shape.scripts.fill(0)
  }

  #readStretch(text: string, { start, end, weight }: Stretch): void {
    this.#weight = weight
    this.#previous = start === 0 ? borderToken : cutToken
    this.#beforePrevious = this.#previous
    this.#previousStart = start
    this.#beforePreviousStart = start
    let at = start
    while (at < end) {
      const unit = folded[text.charCodeAt(at)] ?? 0
      const as = classOf[unit]
      if (as === letter) at = this.#readWord(text, at, end)
      else if (as === digit) at = this.#readNumber(text, at, end)
      else {
        if (as === lineBreak) this.#shape.lines++
        else if (as !== blank) this.#readSingle(text, at, unit)
        at++
      }
    }
    this.#addToken(end === text.length ? borderToken : cutToken, end, end)
  }

  #readSingle(text: string, at: number, unit: number): void {
    this.#tally(unit)
    if (classOf[unit] === characterClass.glyph) this.readable++
    if (unit === 0x60 && text.startsWith('```', at)) this.#shape.fences++
    if (unit === 0x28 && at > 0 && classOf[text.charCodeAt(at - 1)] === letter) this.#shape.identifiers++
    this.#addToken(Math.imul(unit + 1, 0x9e3779b1), at, at + 1)
  }

  #readWord(text: string, from: number, end: number): number {
    let hash = hashStart
    let at = from
    let isIdentifier = false
    for (; at < end; at++) {
      const unit = text.charCodeAt(at)
      const low = folded[unit] ?? 0
      const as = classOf[low]
      if (as !== letter && as !== digit) break
      this.#tally(low)
      if (at > from && (as === digit || low === 0x5f || (low !== unit && isLower(text.charCodeAt(at - 1)))))
        isIdentifier = true
      hash = Math.imul(hash ^ low, 0x01000193)
    }
    if (isIdentifier) this.#shape.identifiers++
    this.#shape.words++
    this.readable++
    this.#addToken(hash, from, at)
    if (at - from >= gramUnits) this.#addGrams(text, from, at)
    return at
  }

  #readNumber(text: string, from: number, end: number): number {
    let at = from
    while (at < end && classOf[folded[text.charCodeAt(at)] ?? 0] === digit) at++
    const digits = at - from
    this.#shape.numbers++
    this.#shape.digits += digits
    this.readable++
    this.#addToken(numberSeed + Math.min(digits, digitsToldApart), from, at)
    return at
  }

  /** Groups of four letters, the word's edges among them: what words that were never seen have in common with known ones. */
  #addGrams(text: string, from: number, end: number): void {
    const unitAt = (at: number) => (at < from || at >= end ? edge : (folded[text.charCodeAt(at)] ?? 0))
    for (let at = from - 1; at + gramUnits <= end + 1; at++) {
      let hash = 0x1b873593
      for (let place = at; place < at + gramUnits; place++) {
        hash = Math.imul(hash ^ unitAt(place), 0x01000193)
      }
      this.#add(hash, Math.max(from, at), Math.min(end, at + gramUnits))
    }
  }

  #addToken(token: number, start: number, end: number): void {
    if (start < end) this.#add(token, start, end)
    const pair = Math.imul(this.#previous, 0x85ebca6b) ^ token
    this.#add(pair, this.#previousStart, end)
    this.#add(Math.imul(this.#beforePrevious, 0xc2b2ae35) ^ pair, this.#beforePreviousStart, end)
    this.#beforePrevious = this.#previous
    this.#beforePreviousStart = this.#previousStart
    this.#previous = token
    this.#previousStart = start
  }

  #add(hash: number, start: number, end: number): void {
    const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
    const index = (mixed ^ (mixed >>> 15)) & this.#mask
    if (this.#met[index] === this.#turn || this.count === featuresMax) return
    this.#met[index] = this.#turn
    this.indices[this.count] = index
    this.weights[this.count] = this.#weight
    this.starts[this.count] = start
    this.ends[this.count] = end
    this.squares += this.#weight * this.#weight
    this.count++
  }

  #tally(unit: number): void {
    const script = scriptOf[unit] ?? 0
    this.#shape.scripts[script] = (this.#shape.scripts[script] ?? 0) + 1
  }
}

function isLower(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a
}

/** The last unit that is not blank, looked for within a bounded distance, folded. */
function lastReadable(text: string): string {
  for (let at = text.length - 1; at >= Math.max(0, text.length - 16); at--) {
    const unit = folded[text.charCodeAt(at)] ?? 0
    if (classOf[unit] !== blank && classOf[unit] !== lineBreak) return String.fromCharCode(unit)
  }
  return ''
}
