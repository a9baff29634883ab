import type { CharacterSet } from './character-set.ts'
import type { PatternPositions } from './pattern-positions.ts'

export interface Pattern {
  /** Of the rule in its list. */
  readonly rule: number
  readonly positions: PatternPositions
  readonly isBlocking: boolean
  readonly isWhole: boolean
}

/** What a position is, as bits: its pattern may end there, asks for whole words, blocks. */
export const isEnd = 1
export const isWhole = 2
export const isBlocking = 4

/** The positions of all patterns of a list in one row, in flat arrays: what a step reads. */
export class PositionTable {
  readonly sets: readonly CharacterSet[]
  /** By position: its place in `sets`, the bits above, and the rule of its pattern. */
  readonly setOf: Int32Array
  readonly facts: Uint8Array
  readonly ruleOf: Int32Array
  /** Those that may follow position `p` are `followers` from `followersFrom[p]` to before `followersFrom[p + 1]`. */
  readonly followers: Int32Array
  readonly followersFrom: Int32Array
  readonly firsts: Int32Array
  /** Those of patterns without the whole-word option. */
  readonly plainFirsts: Int32Array

  constructor(patterns: readonly Pattern[]) {
    const sets = new Map<string, { readonly set: CharacterSet; readonly place: number }>()
    const rows: { set: number; facts: number; rule: number; followers: readonly number[] }[] = []
    const firsts: number[] = []
    for (const pattern of patterns) {
      const base = rows.length
      const { positions, rule } = pattern
      positions.sets.forEach((set, index) => {
        const known = sets.get(set.key) ?? { set, place: sets.size }
        sets.set(set.key, known)
        const followers = (positions.follow[index] ?? []).map((next) => base + next)
        rows.push({ set: known.place, facts: factsOf(pattern, index), rule, followers })
      })
      for (const first of positions.firsts) firsts.push(base + first)
    }
    this.sets = [...sets.values()].map(({ set }) => set)
    this.setOf = Int32Array.from(rows, ({ set }) => set)
    this.facts = Uint8Array.from(rows, ({ facts }) => facts)
    this.ruleOf = Int32Array.from(rows, ({ rule }) => rule)
    this.followers = Int32Array.from(rows.flatMap(({ followers }) => followers))
    this.followersFrom = new Int32Array(rows.length + 1)
    rows.forEach(({ followers }, position) => {
      this.followersFrom[position + 1] = (this.followersFrom[position] as number) + followers.length
    })
    this.firsts = Int32Array.from(firsts)
    this.plainFirsts = this.firsts.filter((first) => ((this.facts[first] as number) & isWhole) === 0)
  }
}

function factsOf(pattern: Pattern, index: number): number {
  return (
    (pattern.positions.lasts.has(index) ? isEnd : 0) |
    (pattern.isWhole ? isWhole : 0) |
    (pattern.isBlocking ? isBlocking : 0)
  )
}
