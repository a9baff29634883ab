/**
 * One line of a rule list.
 *
 * A word is found in any width and composed form (`ｂａｄ`, `é` as one character or two), with up to `invisiblesMax`
 * invisible characters between its characters, and in any case unless `isCaseSensitive`. A pattern is a regular
 * expression of the subset that `parsePattern` describes, matched character by character in either width.
 */
export interface ModerationRule {
  readonly id: string
  readonly kind: 'word' | 'pattern'
  readonly text: string
  readonly action: 'block' | 'mask'
  readonly isCaseSensitive: boolean
  /** Letters, digits and marks may not continue past its ends; says nothing in scripts that do not part words, such as Chinese. */
  readonly wholeWord: boolean
}

export const moderationLimits = {
  words: 1_000,
  patterns: 50,
  /** Code points of one rule's text. */
  characters: 256,
  /** Code points that a pattern may read before it could end: what a stream holds back for it. */
  waitingCharacters: 256,
  /** Code points that one pattern stands for once its repetitions are written out, and which of them may follow which. */
  positions: 1_000,
  edges: 5_000,
  /** The same for all patterns of a list: what one character of a text can cost at most. */
  listPositions: 4_000,
  listEdges: 16_000,
} as const

/** Invisible characters (zero-width spaces and joiners, soft hyphens, …) in a row that a word is found across. */
export const invisiblesMax = 8

/** Where a rule matched, in UTF-16 units from the beginning of the text; `end` is exclusive. */
export interface ModerationMatch {
  readonly rule: ModerationRule
  readonly start: number
  readonly end: number
}
