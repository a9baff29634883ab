import { CodePointTable } from '@/lib/moderation/code-point-table.ts'
import { type CharacterSet, readCharacter } from './character-set.ts'

export interface CharacterClass {
  /** A bit for each set that accepts its characters, by place, 32 in each word. */
  readonly accepted: Int32Array
  /** UTF-16 units of a character. */
  readonly width: number
}

/**
 * Sorts code points by which sets accept them and by how many UTF-16 units they take, so that a transition is looked
 * up by class. Numbers are given in the order in which code points are first seen.
 */
export class CharacterClasses {
  readonly #sets: readonly CharacterSet[]
  readonly #numbers = new Map<string, number>()
  readonly #classes: CharacterClass[] = []
  readonly #table = new CodePointTable((codePoint) => this.#classify(codePoint))

  constructor(sets: readonly CharacterSet[]) {
    this.#sets = sets
  }

  of(codePoint: number): number {
    return this.#table.of(codePoint)
  }

  at(number: number): CharacterClass {
    return this.#classes[number] as CharacterClass
  }

  #classify(codePoint: number): number {
    const character = readCharacter(codePoint)
    const width = character.itself.length
    const members = this.#sets.flatMap(({ accepts }, place) => (accepts(character) ? [place] : []))
    const key = `${width}:${members.join()}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const accepted = new Int32Array(Math.ceil(this.#sets.length / 32))
    for (const place of members) accepted[place >> 5] = (accepted[place >> 5] as number) | (1 << (place & 31))
    const number = this.#classes.push({ accepted, width }) - 1
    this.#numbers.set(key, number)
    return number
  }
}
