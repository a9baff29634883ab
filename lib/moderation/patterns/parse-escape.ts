import type { ClassPart } from './character-set.ts'
import type { PatternCursor } from './pattern-cursor.ts'

/** What a backslash and what follows stand for: one character, or a class. */
export type Escape = { readonly character: string } | { readonly part: ClassPart }

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' }

/** Reads what follows a backslash. */
export function parseEscape(cursor: PatternCursor): Escape {
  const letter = cursor.peek()
  if (letter === '') cursor.fail('Write \\\\ for a backslash')
  if (/^[dws]$/i.test(letter)) return parseClassEscape(cursor.next())
  if (letter === 'p' || letter === 'P') return parseProperty(cursor)
  if (letter === 'x' || letter === 'u') return { character: parseCode(cursor) }
  if (letter === 'b' || letter === 'B') cursor.fail(`Use the whole-word option instead of \\${letter}`)
  if (/^[0-9k]$/.test(letter)) cursor.fail('Patterns cannot refer back to what a group matched')
  const control = controls[letter]
  if (control === undefined && /^[A-Za-z]$/.test(letter))
    cursor.fail(`\\${letter} has no meaning here: leave out the backslash`)
  cursor.next()
  return { character: control ?? letter }
}

function parseClassEscape(letter: string): Escape {
  const lower = letter.toLowerCase()
  return { part: { source: `\\${lower}`, isNegated: letter !== lower } }
}

function parseProperty(cursor: PatternCursor): Escape {
  const isNegated = cursor.next() === 'P'
  const name = cursor.skip('{') ? cursor.until('}') : null
  if (name === null || !/^[A-Za-z_0-9]+(=[A-Za-z_0-9]+)?$/.test(name))
    return cursor.fail('Write a property as \\p{Name}, such as \\p{L} or \\p{Script=Han}')
  return { part: { source: `\\p{${name}}`, isNegated } }
}

function parseCode(cursor: PatternCursor): string {
  const length = cursor.next() === 'x' ? 2 : 4
  const hex = length === 4 && cursor.skip('{') ? (cursor.until('}') ?? '') : exactly(cursor, length)
  const code = /^[0-9A-Fa-f]{1,6}$/.test(hex) ? Number.parseInt(hex, 16) : null
  if (code === null || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    return cursor.fail('Write a character by its code as \\x41, \\u0041 or \\u{1F600}')
  return String.fromCodePoint(code)
}

/** That many characters; empty if there are fewer. */
function exactly(cursor: PatternCursor, length: number): string {
  let text = ''
  for (let count = 0; count < length && !cursor.isAtEnd; count++) text += cursor.next()
  return text.length === length ? text : ''
}
