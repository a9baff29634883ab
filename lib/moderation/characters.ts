import { CodePointTable } from './code-point-table.ts'

/** A character that is drawn as nothing; words are found across it. */
export const isInvisible = 1
/** A character that belongs to the one before: a word does not end between the two. */
export const isMark = 2
/** A letter, digit or mark of a script that parts its words. */
export const isWordPart = 4

const invisible = /^\p{Default_Ignorable_Code_Point}$/u
const mark = /^\p{M}/u
const wordPart = /^[\p{L}\p{N}\p{M}\p{Pc}]$/u
const unparted =
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]$/u

const facts = new CodePointTable((codePoint) => {
  const character = String.fromCodePoint(codePoint)
  if (invisible.test(character)) return isInvisible
  const isPart = wordPart.test(character) && !unparted.test(character)
  const belongs = isTrailingJamo(codePoint) || mark.test(character.normalize('NFKD'))
  return (isPart ? isWordPart : 0) | (belongs ? isMark : 0)
})

/** The flags above, as bits. */
export function factsOf(codePoint: number): number {
  return facts.of(codePoint)
}

/** Vowels and final consonants that make one syllable with the letter before (Unicode 17, §3.12). */
function isTrailingJamo(codePoint: number): boolean {
  return (codePoint >= 0x1160 && codePoint <= 0x11ff) || (codePoint >= 0xd7b0 && codePoint <= 0xd7fb)
}

/**
 * The characters that one code point counts as: its compatibility decomposition, which unites widths, ligatures and
 * composed forms and depends on no neighbour, and its case folding.
 */
export function foldForWords(character: string, isCaseSensitive: boolean): string {
  const parts = character.normalize('NFKD')
  if (isCaseSensitive) return parts
  return Array.from(parts, (part) => part.toUpperCase().toLowerCase().normalize('NFKD')).join('')
}

/** The one character that stands for it in the usual width; itself where that is several. */
export function narrow(character: string): string {
  return alone(character.normalize('NFKC')) ?? character
}

/** In one case, as long as that is one character. */
export function foldCase(character: string): string {
  return alone(character.toUpperCase().toLowerCase()) ?? character
}

function alone(text: string): string | null {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff) ? text : null
}
