import type { ActionGroup, ShellAction } from './shell-actions.ts'

export const groupOrder: readonly ActionGroup[] = ['page', 'goTo', 'create', 'find', 'recent', 'preferences']

export type PaletteGroup = { readonly value: ActionGroup; readonly items: readonly ShellAction[] }

/** How well a text answers a query; 0 means not at all. Whole words beat beginnings, beginnings beat scattered letters. */
export function matchScore(text: string, query: string): number {
  const haystack = text.toLowerCase()
  const needle = query.trim().toLowerCase()
  if (needle === '') return 1
  const at = haystack.indexOf(needle)
  if (at === 0) return 100
  if (at > 0) return isWordStart(haystack, at) ? 80 : 60
  return scatteredScore(haystack, needle)
}

function isWordStart(text: string, at: number): boolean {
  return /[\s\-_/.:]/.test(text[at - 1] ?? '')
}

function scatteredScore(haystack: string, needle: string): number {
  let from = 0
  let gaps = 0
  for (const letter of needle) {
    if (letter === ' ') continue
    const at = haystack.indexOf(letter, from)
    if (at < 0) return 0
    gaps += at - from
    from = at + 1
  }
  const score = 40 - gaps
  return Math.max(needle.length > 1 ? 0 : 1, score)
}

function actionScore(action: ShellAction, query: string): number {
  const words = `${action.keywords ?? ''} ${action.detail ?? ''}`.trim()
  const byWords = words === '' || query.trim() === '' ? 0 : matchScore(words, query) * 0.9
  return Math.max(matchScore(action.label, query), byWords)
}

/** The groups in their fixed order, best answers first inside each; empty groups are left out. */
export function searchActions(actions: readonly ShellAction[], query: string): PaletteGroup[] {
  const scored = actions.map((action, index) => ({ action, index, score: actionScore(action, query) }))
  const best = Math.max(0, ...scored.map(({ score }) => score))
  // Scattered letters are a last resort: beside a real match they are noise.
  const kept = scored
    .filter(({ score }) => score > 0 && (best < 50 || score >= 50))
    .sort((left, right) => right.score - left.score || left.index - right.index)
  return groupOrder
    .map((value) => ({
      value,
      items: kept.filter(({ action }) => action.group === value).map(({ action }) => action),
    }))
    .filter(({ items }) => items.length > 0)
}
