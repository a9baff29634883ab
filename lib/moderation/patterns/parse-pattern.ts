import { type CharacterSet, classSet, dotSet, literalSet } from './character-set.ts'
import { parseClass } from './parse-class.ts'
import { parseEscape } from './parse-escape.ts'
import { PatternCursor } from './pattern-cursor.ts'
import type { PatternNode } from './pattern-node.ts'

const repetitionsMax = 256
const nestingMax = 50

/**
 * Reads a regular expression: characters, `.`, classes, `\d \w \s \p{…}` and their opposites, groups, `|`, and the
 * repetitions `? * + {n} {n,} {n,m}`. As in JavaScript with the `u` flag, `\d` and `\w` are ASCII. What would need to
 * go back over the text, anchors, look-around and back references, is refused with a `PatternError`; so is `\b`, for
 * which there is the whole-word option. A lazy mark after a repetition changes nothing, since every match counts.
 */
export function parsePattern(text: string, isCaseSensitive: boolean): PatternNode {
  const parser = new PatternParser(text, isCaseSensitive)
  return parser.parse()
}

class PatternParser {
  readonly #cursor: PatternCursor
  readonly #isCaseSensitive: boolean
  #depth = 0

  constructor(text: string, isCaseSensitive: boolean) {
    this.#cursor = new PatternCursor(text)
    this.#isCaseSensitive = isCaseSensitive
  }

  parse(): PatternNode {
    const node = this.#choice()
    if (!this.#cursor.isAtEnd) this.#cursor.fail('There is no ( for this ); write \\) for the character')
    return node
  }

  #choice(): PatternNode {
    const parts = [this.#sequence()]
    while (this.#cursor.skip('|')) parts.push(this.#sequence())
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'choice', parts }
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = []
    while (!this.#cursor.isAtEnd && this.#cursor.peek() !== '|' && this.#cursor.peek() !== ')')
      parts.push(this.#repeated())
    return { kind: 'sequence', parts }
  }

  #repeated(): PatternNode {
    const part = this.#one()
    const range = this.#range()
    if (range === null) return part
    this.#cursor.skip('?')
    if ('?*+{'.includes(this.#cursor.peek()) && !this.#cursor.isAtEnd)
      this.#cursor.fail('One repetition follows another; put the inner one in ( )')
    return { kind: 'repeat', part, ...range }
  }

  #range(): { min: number; max: number | null } | null {
    if (this.#cursor.skip('?')) return { min: 0, max: 1 }
    if (this.#cursor.skip('*')) return { min: 0, max: null }
    if (this.#cursor.skip('+')) return { min: 1, max: null }
    return this.#cursor.skip('{') ? this.#counts() : null
  }

  #counts(): { min: number; max: number | null } {
    const from = this.#cursor.digits()
    const isOpen = this.#cursor.skip(',')
    const to = isOpen ? this.#cursor.digits() : from
    if (from === '' || !this.#cursor.skip('}'))
      this.#cursor.fail('Write a repetition as {3}, {3,} or {3,5}, and \\{ for the character')
    const min = Number(from)
    const max = to === '' ? null : Number(to)
    if (Math.max(min, max ?? 0) > repetitionsMax) this.#cursor.fail(`At most ${repetitionsMax} repetitions`)
    if (max !== null && max < min) this.#cursor.fail('A repetition begins with the lower number')
    return { min, max }
  }

  #one(): PatternNode {
    const character = this.#cursor.peek()
    if (character === '(') return this.#group()
    if (character === '^' || character === '$')
      this.#cursor.fail(
        `${character} has no meaning in texts that flow; write \\${character} for the character`,
      )
    if ('*+?{'.includes(character)) this.#cursor.fail(`Nothing stands before ${character} to be repeated`)
    if (character === '}' || character === ']') this.#cursor.fail(`Write \\${character} for the character`)
    this.#cursor.next()
    return { kind: 'character', set: this.#setOf(character) }
  }

  #setOf(character: string): CharacterSet {
    if (character === '.') return dotSet
    if (character === '[') return parseClass(this.#cursor, this.#isCaseSensitive)
    if (character !== '\\') return literalSet(character, this.#isCaseSensitive)
    const escaped = parseEscape(this.#cursor)
    return 'part' in escaped
      ? classSet([escaped.part], false, this.#isCaseSensitive)
      : literalSet(escaped.character, this.#isCaseSensitive)
  }

  #group(): PatternNode {
    this.#cursor.skip('(')
    if (this.#cursor.peek() === '?' && !this.#cursor.skip('?:'))
      this.#cursor.fail('Of the groups that begin with (? only (?: is known')
    this.#depth += 1
    if (this.#depth > nestingMax) this.#cursor.fail(`Groups lie at most ${nestingMax} deep`)
    const node = this.#choice()
    this.#depth -= 1
    if (!this.#cursor.skip(')')) this.#cursor.fail('Close the group with )')
    return node
  }
}
