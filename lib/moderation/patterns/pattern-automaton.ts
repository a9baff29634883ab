import { CharacterClasses } from './character-classes.ts'
import type { PatternState } from './pattern-state.ts'
import { PatternStep } from './pattern-step.ts'
import { type Pattern, PositionTable } from './position-table.ts'

const statesMax = 2_048
/** Transitions kept in all states: 4 MiB at most. */
const cellsMax = 500_000
/** Steps from states that were not kept, after all were dropped. */
const looseStepsMax = 8 * statesMax

/**
 * All patterns at once, as an automaton whose states are made when texts first lead to them (Thompson 1968). A known
 * transition is one lookup; a new one costs at most the edges of all patterns, whatever was read before. When too many
 * states are kept, all are dropped, and for a while none is kept: a text that needs ever new ones has no use for them.
 */
export class PatternAutomaton {
  readonly root: PatternState
  readonly #classes: CharacterClasses
  readonly #step: PatternStep
  readonly #states = new Map<string, PatternState>()
  #cells = 0
  #looseSteps = 0

  constructor(patterns: readonly Pattern[]) {
    const table = new PositionTable(patterns)
    this.#classes = new CharacterClasses(table.sets)
    this.#step = new PatternStep(table)
    this.root = this.#step.finish()
    this.#keep('', this.root)
  }

  /** Positions looked at for transitions that were not known, to hold against the length of the text. */
  get steps(): number {
    return this.#step.steps
  }

  /** The state after one more character; `isContinuing` says that it continues a word. */
  next(state: PatternState, codePoint: number, isContinuing: boolean): PatternState {
    const symbol = this.#classes.of(codePoint) * 2 + (isContinuing ? 1 : 0)
    return state.next?.[symbol] ?? this.#go(state, symbol)
  }

  #go(state: PatternState, symbol: number): PatternState {
    const number = symbol >> 1
    const { accepted, width } = this.#classes.at(number)
    this.#step.take(state, accepted, width, (symbol & 1) === 1)
    if (this.#looseSteps > 0) {
      this.#looseSteps -= 1
      const reached = this.#step.finish()
      return reached.positions.length === 0 && reached.ends === null ? this.root : reached
    }
    const key = this.#step.key()
    const target = this.#states.get(key)
    const reached = this.#step.finish()
    return this.#link(state, symbol, target ?? this.#keep(key, reached))
  }

  #link(state: PatternState, symbol: number, target: PatternState): PatternState {
    if (state.next === null) return target
    this.#cells += Math.max(symbol + 1 - state.next.length, 0)
    state.next[symbol] = target
    return target
  }

  #keep(key: string, state: PatternState): PatternState {
    if (this.#states.size >= statesMax || this.#cells >= cellsMax) this.#forget()
    this.#states.set(key, state)
    state.next = []
    return state
  }

  /** A text keeps the state that it stands at, and no other by it. */
  #forget(): void {
    for (const state of this.#states.values()) state.next = null
    this.#states.clear()
    this.#cells = 0
    this.#looseSteps = looseStepsMax
    this.#keep('', this.root)
  }
}
