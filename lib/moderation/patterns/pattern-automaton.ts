import { CharacterClasses } from './character-classes.ts'
import type { CharacterSet } from './character-set.ts'
import type { PatternPositions } from './pattern-positions.ts'
import type { PatternEnd, PatternEnds, PatternState } from './pattern-state.ts'

export interface Pattern {
  /** Of the rule in its list. */
  readonly rule: number
  readonly positions: PatternPositions
  readonly isBlocking: boolean
  readonly isWhole: boolean
}

interface Position {
  readonly pattern: Pattern
  /** Its place among the sets. */
  readonly set: number
  readonly follow: readonly number[]
  readonly isLast: boolean
}

const statesMax = 2_048
/** Transitions kept in all states: 4 MiB at most. */
const cellsMax = 500_000

/**
 * All patterns at once, as an automaton whose states are made when texts first lead to them (Thompson 1968). A known
 * transition is one lookup; a new one costs at most the edges of all patterns, whatever was read before. When too many
 * states are kept all are dropped, so that memory has a bound too.
 */
export class PatternAutomaton {
  /** Transitions that had to be made, in positions looked at. */
  steps = 0
  readonly root: PatternState
  readonly #positions: readonly Position[]
  readonly #firsts: readonly number[]
  readonly #classes: CharacterClasses
  readonly #states = new Map<string, PatternState>()
  #cells = 0

  constructor(patterns: readonly Pattern[]) {
    const sets = new Map<string, { readonly set: CharacterSet; readonly place: number }>()
    const positions: Position[] = []
    const firsts: number[] = []
    for (const pattern of patterns) {
      const base = positions.length
      pattern.positions.sets.forEach((set, index) => {
        const known = sets.get(set.key) ?? { set, place: sets.size }
        sets.set(set.key, known)
        const follow = (pattern.positions.follow[index] ?? []).map((next) => base + next)
        positions.push({ pattern, set: known.place, follow, isLast: pattern.positions.lasts.has(index) })
      })
      firsts.push(...pattern.positions.firsts.map((first) => base + first))
    }
    this.#positions = positions
    this.#firsts = firsts
    this.#classes = new CharacterClasses([...sets.values()].map(({ set }) => set))
    this.root = this.#keep(new Map())
  }

  /** The state after one more character; `isContinuing` says that it continues a word. */
  next(state: PatternState, codePoint: number, isContinuing: boolean): PatternState {
    const symbol = this.#classes.of(codePoint) * 2 + (isContinuing ? 1 : 0)
    return state.next[symbol] ?? this.#link(state, symbol)
  }

  #link(state: PatternState, symbol: number): PatternState {
    const target = this.#keep(this.#reach(state, symbol >> 1, (symbol & 1) === 1))
    this.#cells += Math.max(symbol + 1 - state.next.length, 0)
    state.next[symbol] = target
    return target
  }

  /** The positions that a character of the class leads to, with the longest distance to each. */
  #reach(state: PatternState, number: number, isContinuing: boolean): Map<number, number> {
    const sets = this.#classes.setsOf(number)
    const width = this.#classes.widthOf(number)
    const reached = new Map<number, number>()
    const reach = (candidates: readonly number[], distance: number, isBeginning: boolean): void => {
      this.steps += candidates.length
      for (const candidate of candidates) {
        const { set, pattern } = this.#positionAt(candidate)
        if (!sets.has(set) || (isBeginning && isContinuing && pattern.isWhole)) continue
        reached.set(candidate, Math.max(distance, reached.get(candidate) ?? 0))
      }
    }
    state.positions.forEach((position, index) => {
      reach(this.#positionAt(position).follow, (state.distances[index] ?? 0) + width, false)
    })
    reach(this.#firsts, width, true)
    return reached
  }

  #keep(reached: ReadonlyMap<number, number>): PatternState {
    const made = this.#makeState(reached)
    const known = this.#states.get(made.key)
    if (known) return known
    if (this.#states.size >= statesMax || this.#cells >= cellsMax) this.#forget()
    this.#states.set(made.key, made)
    return made
  }

  /** A text keeps the state that it stands at, and no other by it. */
  #forget(): void {
    for (const state of this.#states.values()) state.next = []
    this.#states.clear()
    this.#cells = 0
    this.#states.set(this.root.key, this.root)
  }

  #makeState(reached: ReadonlyMap<number, number>): PatternState {
    const ends = new EndCollector()
    const wholeEnds = new EndCollector()
    const alive: [position: number, distance: number][] = []
    for (const [position, distance] of [...reached].sort(([one], [other]) => one - other)) {
      const { pattern, isLast, follow } = this.#positionAt(position)
      if (isLast) (pattern.isWhole ? wholeEnds : ends).add(pattern, distance)
      // What a mask covers need not be held back for the same pattern's longer matches.
      const isSettled = isLast && !pattern.isWhole
      if (follow.length > 0 || (isLast && pattern.isWhole)) alive.push([position, isSettled ? 0 : distance])
    }
    const foundEnds = ends.collected()
    const foundWholeEnds = wholeEnds.collected()
    return {
      key: `${keyOf(foundEnds)}${alive.join(' ')}`,
      positions: alive.map(([position]) => position),
      distances: alive.map(([, distance]) => distance),
      next: [],
      aliveLength: alive.reduce((most, [, distance]) => Math.max(most, distance), 0),
      ends: foundEnds,
      wholeEnds: foundWholeEnds,
    }
  }

  #positionAt(position: number): Position {
    return this.#positions[position] as Position
  }
}

class EndCollector {
  #mask: PatternEnd | null = null
  #block: PatternEnd | null = null

  /** The longest match wins, then the earlier rule, whose positions come first. */
  add({ isBlocking, rule }: Pattern, distance: number): void {
    if (isBlocking) this.#block = longer(this.#block, { distance, rule })
    else this.#mask = longer(this.#mask, { distance, rule })
  }

  collected(): PatternEnds | null {
    return this.#mask || this.#block ? { mask: this.#mask, block: this.#block } : null
  }
}

function longer(one: PatternEnd | null, other: PatternEnd): PatternEnd {
  return one && one.distance >= other.distance ? one : other
}

function keyOf(ends: PatternEnds | null): string {
  if (ends === null) return ''
  const of = (end: PatternEnd | null): string => (end ? `${end.rule}-${end.distance}` : '')
  return `${of(ends.mask)}/${of(ends.block)}:`
}
