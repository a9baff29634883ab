import { invisiblesMax, type ModerationRule } from '@/lib/moderation/moderation-rule.ts'

export interface Found {
  readonly rule: ModerationRule
  readonly start: number
  readonly end: number
}

const invisible = /\p{Default_Ignorable_Code_Point}/u
const manyInvisibles = new RegExp(`\\p{Default_Ignorable_Code_Point}{${invisiblesMax + 1}}`, 'u')
const unparted = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]/u

/** Every match of every rule, found by trying every piece of the text: slow, and nothing in common with the engine. */
export function findByTrying(rules: readonly ModerationRule[], text: string): readonly Found[] {
  const places = placesOf(text)
  const found: Found[] = []
  for (const rule of rules)
    for (const start of places)
      for (const end of places)
        if (end > start && matches(rule, text, start, end)) found.push({ rule, start, end })
  return found
}

/**
 * The one that ends first, of these the one that is certain first, of these the longest, of these the first in the list.
 */
export function firstBlocked(
  rules: readonly ModerationRule[],
  found: readonly Found[],
  text: string,
): Found | null {
  const blocking = found.filter(({ rule }) => rule.action === 'block')
  const order = (one: Found, other: Found): number =>
    one.end - other.end ||
    certainty(one, text) - certainty(other, text) ||
    one.start - other.start ||
    rules.indexOf(one.rule) - rules.indexOf(other.rule)
  return [...blocking].sort(order)[0] ?? null
}

/** A pattern is certain at its end (0), as a whole word with any next character (1), a word with the next that is seen (2). */
function certainty({ rule, end }: Found, text: string): number {
  if (rule.kind === 'pattern' && !rule.wholeWord) return 0
  return rule.kind === 'pattern' && invisible.test(Array.from(text.slice(end))[0] ?? '') ? 1 : 2
}

export function coverByTrying(found: readonly Found[], text: string): string {
  const masking = found.filter(({ rule }) => rule.action === 'mask')
  let at = 0
  return Array.from(text, (character) => {
    const isCovered = masking.some(({ start, end }) => start <= at && at < end)
    at += character.length
    return isCovered ? '*' : character
  }).join('')
}

function placesOf(text: string): number[] {
  const places = [0]
  for (const character of text) places.push((places.at(-1) ?? 0) + character.length)
  return places
}

function matches(rule: ModerationRule, text: string, start: number, end: number): boolean {
  const piece = text.slice(start, end)
  if (rule.kind === 'word') return wordMatches(rule, text, start, piece)
  const flags = rule.isCaseSensitive ? 'u' : 'iu'
  return (
    new RegExp(`^(?:${rule.text})$`, flags).test(inUsualWidth(piece)) &&
    (!rule.wholeWord || isWhole(text.slice(0, start), piece, text.slice(end)))
  )
}

/** Character by character, where that leaves one. */
function inUsualWidth(text: string): string {
  return Array.from(text, (character) => {
    const usual = character.normalize('NFKC')
    return Array.from(usual).length === 1 ? usual : character
  }).join('')
}

function wordMatches(rule: ModerationRule, text: string, start: number, piece: string): boolean {
  const characters = Array.from(piece)
  if (invisible.test(characters[0] ?? '') || invisible.test(characters.at(-1) ?? '')) return false
  if (manyInvisibles.test(piece)) return false
  const fold = (part: string): string => {
    const decomposed = seen(part).normalize('NFKD')
    return rule.isCaseSensitive ? decomposed : decomposed.toUpperCase().toLowerCase().normalize('NFKD')
  }
  if (fold(piece) !== fold(rule.text)) return false
  const before = afterLast(text.slice(0, start))
  const after = text.slice(start + piece.length).split(manyInvisibles)[0] ?? ''
  if (/^\p{M}/u.test(seen(after).normalize('NFKD'))) return false
  return !rule.wholeWord || isWhole(seen(before), piece, seen(after))
}

/** What follows the last run of too many invisible characters. */
function afterLast(text: string): string {
  const runs = text.match(/\p{Default_Ignorable_Code_Point}{9,}$/u)
  return runs ? '' : text
}

function seen(text: string): string {
  return Array.from(text)
    .filter((character) => !invisible.test(character))
    .join('')
}

function isWhole(before: string, piece: string, after: string): boolean {
  const characters = Array.from(piece)
  return !goesOn(Array.from(before).at(-1), characters[0]) && !goesOn(characters.at(-1), Array.from(after)[0])
}

function goesOn(one: string | undefined, other: string | undefined): boolean {
  return [one, other].every(
    (character) =>
      character !== undefined && /[\p{L}\p{N}\p{M}\p{Pc}]/u.test(character) && !unparted.test(character),
  )
}
