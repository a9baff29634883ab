import { moderationLimits } from '@/lib/moderation/moderation-rule.ts'
import type { CharacterSet } from './character-set.ts'
import { PatternError } from './pattern-error.ts'
import type { PatternNode } from './pattern-node.ts'

/**
 * A pattern after Glushkov (1961): a position is one character that the pattern asks for, repetitions written out, and
 * says which positions may come after it.
 */
export interface PatternPositions {
  readonly sets: readonly CharacterSet[]
  readonly follow: readonly (readonly number[])[]
  readonly firsts: readonly number[]
  /** Positions at which the pattern may end. */
  readonly lasts: ReadonlySet<number>
}

interface Part {
  readonly isEmptyAllowed: boolean
  readonly firsts: readonly number[]
  readonly lasts: readonly number[]
}

const nothing: Part = { isEmptyAllowed: true, firsts: [], lasts: [] }

/** Throws `PatternError` for a pattern that matches the empty text or is too large. */
export function toPositions(node: PatternNode): PatternPositions {
  const builder = new PositionBuilder()
  const whole = builder.add(node)
  if (whole.isEmptyAllowed)
    throw new PatternError('The pattern matches the empty text, so it would match everywhere.')
  return {
    sets: builder.sets,
    follow: builder.follow.map((next) => [...next]),
    firsts: whole.firsts,
    lasts: new Set(whole.lasts),
  }
}

class PositionBuilder {
  readonly sets: CharacterSet[] = []
  readonly follow: Set<number>[] = []
  #edges = 0

  add(node: PatternNode): Part {
    switch (node.kind) {
      case 'character':
        return this.#addCharacter(node.set)
      case 'sequence':
        return node.parts.reduce((before, part) => this.#join(before, this.add(part)), nothing)
      case 'choice':
        return node.parts.map((part) => this.add(part)).reduce(either)
      case 'repeat':
        return this.#addRepeat(node.part, node.min, node.max)
    }
  }

  #addCharacter(set: CharacterSet): Part {
    const position = this.sets.push(set) - 1
    if (position >= moderationLimits.positions) throw tooLarge()
    this.follow.push(new Set())
    return { isEmptyAllowed: false, firsts: [position], lasts: [position] }
  }

  #addRepeat(node: PatternNode, min: number, max: number | null): Part {
    const required: Part[] = []
    for (let copy = 0; copy < min; copy++) required.push(this.add(node))
    if (max === null) {
      // The last required copy repeats itself; without one, an optional copy does.
      const repeated = required.pop() ?? { ...this.add(node), isEmptyAllowed: true }
      this.#connect(repeated, repeated)
      return [...required, repeated].reduce((before, part) => this.#join(before, part))
    }
    // Each optional copy holds those after it, so that there is one way to leave one out and few edges.
    let tail = nothing
    for (let copy = min; copy < max; copy++)
      tail = { ...this.#join(this.add(node), tail), isEmptyAllowed: true }
    return [...required, tail].reduce((before, part) => this.#join(before, part))
  }

  #join(before: Part, after: Part): Part {
    this.#connect(before, after)
    return {
      isEmptyAllowed: before.isEmptyAllowed && after.isEmptyAllowed,
      firsts: before.isEmptyAllowed ? [...before.firsts, ...after.firsts] : before.firsts,
      lasts: after.isEmptyAllowed ? [...before.lasts, ...after.lasts] : after.lasts,
    }
  }

  #connect(before: Part, after: Part): void {
    this.#edges += before.lasts.length * after.firsts.length
    if (this.#edges > moderationLimits.edges) throw tooLarge()
    for (const last of before.lasts) for (const first of after.firsts) this.follow[last]?.add(first)
  }
}

function either(one: Part, other: Part): Part {
  return {
    isEmptyAllowed: one.isEmptyAllowed || other.isEmptyAllowed,
    firsts: [...one.firsts, ...other.firsts],
    lasts: [...one.lasts, ...other.lasts],
  }
}

function tooLarge(): PatternError {
  return new PatternError(
    'The pattern is too large once its repetitions are written out: ask for fewer of them, or nest them less.',
  )
}
