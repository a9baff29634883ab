import { foldCase, narrow } from '@/lib/moderation/characters.ts'
import { PatternError } from './pattern-error.ts'

/** One character of a text in the forms that patterns ask for. */
export interface ReadCharacter {
  readonly itself: string
  /** In the usual width. */
  readonly narrow: string
  /** In the usual width and one case. */
  readonly folded: string
}

export function readCharacter(codePoint: number): ReadCharacter {
  const itself = String.fromCodePoint(codePoint)
  const usual = narrow(itself)
  return { itself, narrow: usual, folded: foldCase(usual) }
}

/** What one place of a pattern accepts. Sets with the same key accept the same. */
export interface CharacterSet {
  readonly key: string
  readonly accepts: (character: ReadCharacter) => boolean
}

export function literalSet(character: string, isCaseSensitive: boolean): CharacterSet {
  const wanted = isCaseSensitive ? narrow(character) : foldCase(narrow(character))
  return isCaseSensitive
    ? { key: `=${wanted}`, accepts: (read) => read.narrow === wanted }
    : { key: `~${wanted}`, accepts: (read) => read.folded === wanted }
}

/** Everything but line ends. */
export const dotSet: CharacterSet = {
  key: '.',
  accepts: ({ itself }) => !/^[\n\r\u2028\u2029]$/.test(itself),
}

/** A part of a class: the inside of `[…]` in the syntax of JavaScript's `u` flag. */
export interface ClassPart {
  readonly source: string
  readonly isNegated: boolean
}

/**
 * A class accepts a character that it names in the character's own width or the usual one; a negated part or class
 * accepts it when it names neither. Each test reads one character, so the engine behind it has nothing to go back over.
 */
export function classSet(
  parts: readonly ClassPart[],
  isNegated: boolean,
  isCaseSensitive: boolean,
): CharacterSet {
  const tests = parts.map((part) => ({
    expression: expressionOf(part.source, isCaseSensitive),
    isNegated: part.isNegated,
  }))
  const key = parts.map((part) => `${part.isNegated ? '!' : ''}${part.source}`).join(' ')
  return {
    key: `[${isNegated ? '^' : ''}${isCaseSensitive ? '' : 'i'}:${key}`,
    accepts: ({ itself, narrow: usual }) =>
      isNegated !==
      tests.some(
        ({ expression, isNegated: isOther }) =>
          isOther !== (expression.test(itself) || expression.test(usual)),
      ),
  }
}

function expressionOf(source: string, isCaseSensitive: boolean): RegExp {
  try {
    return new RegExp(`^[${source}]$`, isCaseSensitive ? 'u' : 'iu')
  } catch {
    throw new PatternError(`The pattern names a set of characters that does not exist: ${source}.`)
  }
}
