import { PatternError } from './pattern-error.ts'

/** Reads a pattern one character at a time. Places in messages count from 1. */
export class PatternCursor {
  readonly #characters: readonly string[]
  #at = 0

  constructor(text: string) {
    this.#characters = Array.from(text)
  }

  get place(): number {
    return this.#at + 1
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#characters.length
  }

  /** The character here; empty at the end. */
  peek(ahead = 0): string {
    return this.#characters[this.#at + ahead] ?? ''
  }

  next(): string {
    const character = this.peek()
    this.#at += 1
    return character
  }

  /** Goes past `text` if it is here. */
  skip(text: string): boolean {
    const isHere = Array.from(text).every((character, ahead) => this.peek(ahead) === character)
    if (isHere) this.#at += Array.from(text).length
    return isHere
  }

  /** What stands here up to `end`, which is passed; null if `end` doesn't come. */
  until(end: string): string | null {
    const found = this.#characters.indexOf(end, this.#at)
    if (found === -1) return null
    const text = this.#characters.slice(this.#at, found).join('')
    this.#at = found + 1
    return text
  }

  digits(): string {
    let text = ''
    while (/^[0-9]$/.test(this.peek())) text += this.next()
    return text
  }

  fail(sentence: string): never {
    throw new PatternError(`${sentence} (character ${this.place} of the pattern).`)
  }
}
