import { moderationLimits } from '@/lib/moderation/moderation-rule.ts'
import { PatternError } from './pattern-error.ts'
import type { PatternPositions } from './pattern-positions.ts'

/**
 * How many characters a stream has to hold back for a pattern at most: the longest way from its beginning, or from
 * where it could have ended, to where it can end next. With the whole-word option an end counts only if the word ends
 * there too, so the way goes on. Throws `PatternError` where that has no bound, or a higher one than is allowed.
 */
export function waitingLength(positions: PatternPositions, isWhole: boolean): number {
  const known = new Map<number, number>()
  const open = new Set<number>()
  const lengthFrom = (position: number): number => {
    const length = known.get(position)
    if (length !== undefined) return length
    if (open.has(position)) throw endless(isWhole)
    open.add(position)
    const isEnd = !isWhole && positions.lasts.has(position)
    const after = isEnd ? 0 : longest(positions.follow[position] ?? [], lengthFrom)
    open.delete(position)
    known.set(position, after + 1)
    return after + 1
  }
  const length = longest(positions.follow.keys(), lengthFrom)
  if (length > moderationLimits.waitingCharacters)
    throw new PatternError(
      `The pattern can go on for more than ${moderationLimits.waitingCharacters} characters before it ends: shorten its repetitions.`,
    )
  return length
}

function longest(positions: Iterable<number>, lengthFrom: (position: number) => number): number {
  let most = 0
  for (const position of positions) most = Math.max(most, lengthFrom(position))
  return most
}

function endless(isWhole: boolean): PatternError {
  return new PatternError(
    isWhole
      ? 'With the whole-word option every repetition needs a highest number: write {1,50} instead of + and {0,50} instead of *.'
      : 'A repetition without end may stand only at the end of a pattern: write {1,50} instead of + and {0,50} instead of * before anything that must follow.',
  )
}
