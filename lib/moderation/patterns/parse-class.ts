import { type CharacterSet, type ClassPart, classSet } from './character-set.ts'
import { type Escape, parseEscape } from './parse-escape.ts'
import type { PatternCursor } from './pattern-cursor.ts'

/** Reads a class, the `[` already passed. */
export function parseClass(cursor: PatternCursor, isCaseSensitive: boolean): CharacterSet {
  const isNegated = cursor.skip('^')
  const parts: ClassPart[] = []
  while (!cursor.skip(']')) {
    if (cursor.isAtEnd) cursor.fail('Close the class with ]')
    parts.push(parsePart(cursor))
  }
  if (parts.length === 0) cursor.fail('Name a character between [ and ]')
  return classSet(parts, isNegated, isCaseSensitive)
}

function parsePart(cursor: PatternCursor): ClassPart {
  const from = parseMember(cursor)
  const isRange = cursor.peek() === '-' && cursor.peek(1) !== ']' && cursor.peek(1) !== ''
  if ('part' in from) return from.part
  if (!isRange) return { source: codeOf(from.character), isNegated: false }
  cursor.next()
  const to = parseMember(cursor)
  if ('part' in to) return cursor.fail('A range ends with one character; write \\- for a hyphen')
  if ((to.character.codePointAt(0) ?? 0) < (from.character.codePointAt(0) ?? 0))
    cursor.fail('A range begins with the lower character')
  return { source: `${codeOf(from.character)}-${codeOf(to.character)}`, isNegated: false }
}

function parseMember(cursor: PatternCursor): Escape {
  return cursor.skip('\\') ? parseEscape(cursor) : { character: cursor.next() }
}

function codeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
