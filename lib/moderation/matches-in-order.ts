import type { ModerationMatch, ModerationRule } from './moderation-rule.ts'

interface Stretch {
  start: number
  end: number
  rule: ModerationRule
  /** Where the match ends that gave the stretch its rule. */
  ruleEnd: number
}

/**
 * Matches as stretches without overlaps. Matches that overlap make one stretch, named after the one that begins first,
 * of several the longest; those of one rule that touch make one too. So no part of any match is left out.
 */
export class MatchesInOrder {
  readonly #stretches: Stretch[] = []

  get all(): readonly ModerationMatch[] {
    return this.#stretches.map(({ rule, start, end }) => ({ rule, start, end }))
  }

  add(rule: ModerationRule, start: number, end: number): void {
    const added: Stretch = { start, end, rule, ruleEnd: end }
    let after = this.#stretches.length
    while (after > 0 && this.#startsLater(after - 1, added)) after -= 1
    let from = after
    while (from > 0 && this.#belongs(this.#stretches[from - 1] as Stretch, added)) {
      from -= 1
      unite(added, this.#stretches[from] as Stretch)
    }
    this.#stretches.splice(from, after - from, added)
  }

  /** Forgets what ends at `position` or before. */
  dropBefore(position: number): void {
    let count = 0
    while ((this.#stretches[count]?.end ?? Number.POSITIVE_INFINITY) <= position) count += 1
    if (count > 0) this.#stretches.splice(0, count)
  }

  /** The text with every covered character written as `*`, where `text` is the part from `offset` on. */
  cover(text: string, offset: number): string {
    let written = ''
    let at = 0
    for (const { start, end } of this.#stretches) {
      const from = Math.min(Math.max(start - offset, at), text.length)
      const to = Math.min(end - offset, text.length)
      if (to <= from) continue
      written += text.slice(at, from) + '*'.repeat(Array.from(text.slice(from, to)).length)
      at = to
    }
    return at === 0 ? text : written + text.slice(at)
  }

  #startsLater(place: number, { end }: Stretch): boolean {
    return (this.#stretches[place] as Stretch).start >= end
  }

  #belongs(before: Stretch, added: Stretch): boolean {
    return before.end > added.start || (before.end === added.start && before.rule === added.rule)
  }
}

function unite(added: Stretch, before: Stretch): void {
  const isNamer =
    before.start < added.start || (before.start === added.start && before.ruleEnd >= added.ruleEnd)
  if (isNamer) {
    added.rule = before.rule
    added.ruleEnd = before.ruleEnd
  }
  added.start = Math.min(added.start, before.start)
  added.end = Math.max(added.end, before.end)
}
