import { CodePointTable } from '@/lib/moderation/code-point-table.ts'
import { type CharacterSet, readCharacter } from './character-set.ts'

/**
 * Sorts code points by which sets accept them and by how many UTF-16 units they take, so that a transition is looked
 * up by class. Numbers are given in the order in which code points are first seen.
 */
export class CharacterClasses {
  readonly #sets: readonly CharacterSet[]
  readonly #numbers = new Map<string, number>()
  readonly #members: ReadonlySet<number>[] = []
  readonly #widths: number[] = []
  readonly #table = new CodePointTable((codePoint) => this.#classify(codePoint))

  constructor(sets: readonly CharacterSet[]) {
    this.#sets = sets
  }

  of(codePoint: number): number {
    return this.#table.of(codePoint)
  }

  /** Which sets, by their place, accept the characters of the class. */
  setsOf(number: number): ReadonlySet<number> {
    return this.#members[number] as ReadonlySet<number>
  }

  /** UTF-16 units of a character of the class. */
  widthOf(number: number): number {
    return this.#widths[number] as number
  }

  #classify(codePoint: number): number {
    const character = readCharacter(codePoint)
    const width = character.itself.length
    const members = this.#sets.flatMap(({ accepts }, place) => (accepts(character) ? [place] : []))
    const key = `${width}:${members.join()}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#members.push(new Set(members)) - 1
    this.#widths.push(width)
    this.#numbers.set(key, number)
    return number
  }
}
