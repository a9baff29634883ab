import type { PatternEnd, PatternEnds, PatternState } from './pattern-state.ts'
import { isBlocking, isEnd, isWhole, type PositionTable } from './position-table.ts'

/** One step from a state to the next. Its arrays are used again by each step; a step leaves them empty. */
export class PatternStep {
  /** Positions looked at. */
  steps = 0
  readonly #table: PositionTable
  /** By position: the longest distance that leads there, 0 where none does. */
  readonly #distances: Int32Array
  readonly #reached: Int32Array
  #count = 0

  constructor(table: PositionTable) {
    this.#table = table
    this.#distances = new Int32Array(table.setOf.length)
    this.#reached = new Int32Array(table.setOf.length)
  }

  /** Goes on with a character that `accepted` has a bit for each set of, and that takes `width` units. */
  take(state: PatternState, accepted: Int32Array, width: number, isContinuing: boolean): void {
    const { followers, followersFrom, firsts, plainFirsts } = this.#table
    const { positions, distances } = state
    for (let index = 0; index < positions.length; index++) {
      const position = positions[index] as number
      const distance = (distances[index] as number) + width
      const from = followersFrom[position] as number
      this.#reach(followers, from, followersFrom[position + 1] as number, distance, accepted)
    }
    const beginning = isContinuing ? plainFirsts : firsts
    this.#reach(beginning, 0, beginning.length, width, accepted)
  }

  /** Names what was reached, the same for the same positions and distances. */
  key(): string {
    const reached = this.#reached.subarray(0, this.#count).sort()
    let key = ''
    for (const position of reached) key += String.fromCharCode(position, this.#distances[position] as number)
    return key
  }

  /** The state that was reached. */
  finish(): PatternState {
    const { facts, ruleOf, followersFrom } = this.#table
    const positions: number[] = []
    const distances: number[] = []
    let ends: PatternEnds | null = null
    let wholeEnds: PatternEnds | null = null
    let aliveLength = 0
    for (let index = 0; index < this.#count; index++) {
      const position = this.#reached[index] as number
      const bits = facts[position] as number
      let distance = this.#distances[position] as number
      this.#distances[position] = 0
      let isAlive = (followersFrom[position + 1] as number) > (followersFrom[position] as number)
      if ((bits & isEnd) !== 0) {
        const end = { distance, rule: ruleOf[position] as number }
        if ((bits & isWhole) !== 0) {
          wholeEnds = withEnd(wholeEnds, bits, end)
          isAlive = true
        } else {
          ends = withEnd(ends, bits, end)
          // What a mask covers need not be held back for the same pattern's longer matches.
          distance = 0
        }
      }
      if (!isAlive) continue
      positions.push(position)
      distances.push(distance)
      if (distance > aliveLength) aliveLength = distance
    }
    this.#count = 0
    return { positions, distances, next: null, aliveLength, ends, wholeEnds }
  }

  #reach(candidates: Int32Array, from: number, to: number, distance: number, accepted: Int32Array): void {
    const distances = this.#distances
    const { setOf } = this.#table
    this.steps += to - from
    for (let index = from; index < to; index++) {
      const candidate = candidates[index] as number
      const set = setOf[candidate] as number
      if (((accepted[set >> 5] as number) & (1 << (set & 31))) === 0) continue
      const known = distances[candidate] as number
      if (known === 0) this.#reached[this.#count++] = candidate
      if (distance > known) distances[candidate] = distance
    }
  }
}

const noEnds: PatternEnds = { mask: null, block: null }

/** The longest match wins, then the earlier rule. */
function withEnd(ends: PatternEnds | null, bits: number, end: PatternEnd): PatternEnds {
  const { mask, block } = ends ?? noEnds
  return (bits & isBlocking) !== 0 ? { mask, block: longer(block, end) } : { mask: longer(mask, end), block }
}

function longer(one: PatternEnd | null, other: PatternEnd): PatternEnd {
  if (one === null || one.distance < other.distance) return other
  return one.distance > other.distance || one.rule < other.rule ? one : other
}
