import { assert } from '@/lib/platform/assert.ts'
import type { EndpointFailurePolicy } from './endpoint-policy.ts'

export interface WindowOptions {
  /** UTF-16 units of one window, the overlap included. */
  readonly length: number
  /** Units at the end of a window that the next one begins with. What is no longer than it lies whole in one window. */
  readonly overlap: number
  readonly onFailure: EndpointFailurePolicy
}

export const windowDefaults = { length: 400, overlap: 50 } as const
export const windowLimits = { lengthMin: 50, lengthMax: 10_000 } as const

/** While more windows than these wait for the endpoint, the source should be read no further. */
const waitingWindowsMax = 4

export interface ModerationWindow {
  readonly text: string
  /** Where it begins in the whole text. */
  readonly start: number
}

/** What became of asking about a window. */
export type WindowOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'refused'; readonly categories: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string }

export type WindowBlock = Exclude<WindowOutcome, { readonly kind: 'passed' }>

export interface JudgedPiece {
  /** What may go on to the caller now. */
  readonly release: string
  /** Why the text ends here. Nothing is released with it or after it. */
  readonly blocked: WindowBlock | null
}

const nothing: JudgedPiece = { release: '', blocked: null }

/**
 * One text that an endpoint judges in windows while it comes in. Does no I/O: `next` tells what to ask about, `settle`
 * takes the outcome and tells what to release. One window is asked about at a time. The last part of a judged window
 * is held, and judged again with what follows it, so that nothing goes out before its continuation was seen too.
 */
export class ModerationWindows {
  readonly #options: WindowOptions
  #held = ''
  /** Where the held text begins in the whole, and up to where the whole was judged. */
  #offset = 0
  #judgedUntil = 0
  #asked: ModerationWindow | null = null
  #isEnded = false
  #blocked: WindowBlock | null = null
  #unjudged = 0

  constructor(options: WindowOptions) {
    const problem = windowProblem(options)
    assert(problem === null, problem ?? '')
    this.#options = options
  }

  /** UTF-16 units held back. */
  get heldLength(): number {
    return this.#held.length
  }

  /** Something is held that was not asked about yet. */
  get hasFresh(): boolean {
    return this.#asked === null && this.#blocked === null && this.#freshLength > 0
  }

  /** The endpoint does not keep up: read the source no further until a window is settled. */
  get isFull(): boolean {
    return this.#held.length >= waitingWindowsMax * this.#options.length
  }

  /** Windows that went out unjudged, because asking failed and the policy lets them pass. */
  get unjudged(): number {
    return this.#unjudged
  }

  push(text: string): void {
    assert(!this.#isEnded, 'Nothing is pushed after the end of a text.')
    if (this.#blocked === null) this.#held += text
  }

  /** No more comes. Releases the rest if all of it was judged; what was not, `next` still asks about. */
  end(): JudgedPiece {
    this.#isEnded = true
    if (this.#blocked !== null) return { release: '', blocked: this.#blocked }
    return this.#asked === null ? this.#releaseJudged() : nothing
  }

  /**
   * The window to ask about now; null while one is being asked about, or too little has come. `isHurried` asks about
   * whatever there is, for a source that pauses.
   */
  next(isHurried = false): ModerationWindow | null {
    if (this.#asked !== null || this.#blocked !== null || this.#freshLength === 0) return null
    if (this.#held.length < this.#options.length && !this.#isEnded && !isHurried) return null
    const length = wholeCharacters(
      this.#held,
      Math.min(this.#options.length, this.#held.length),
      this.#isEnded,
    )
    if (this.#offset + length <= this.#judgedUntil) return null
    this.#asked = { text: this.#held.slice(0, length), start: this.#offset }
    return this.#asked
  }

  /** The outcome for the window that `next` gave. */
  settle(outcome: WindowOutcome): JudgedPiece {
    const window = this.#asked
    assert(window !== null, 'A window is settled once, after it was asked about.')
    this.#asked = null
    if (outcome.kind === 'refused' || (outcome.kind === 'failed' && this.#options.onFailure === 'block')) {
      this.#blocked = outcome
      this.#held = ''
      return { release: '', blocked: outcome }
    }
    if (outcome.kind === 'failed') this.#unjudged += 1
    this.#judgedUntil = window.start + window.text.length
    return this.#releaseJudged()
  }

  get #freshLength(): number {
    return this.#offset + this.#held.length - this.#judgedUntil
  }

  #releaseJudged(): JudgedPiece {
    const isAll = this.#isEnded && this.#freshLength === 0
    const judged = this.#judgedUntil - this.#offset
    const length = isAll
      ? judged
      : wholeCharacters(this.#held, Math.max(judged - this.#options.overlap, 0), false)
    const release = this.#held.slice(0, length)
    this.#held = this.#held.slice(length)
    this.#offset += length
    return { release, blocked: null }
  }
}

/** What is wrong with the sizes of windows; null if nothing is. */
export function windowProblem({ length, overlap }: Pick<WindowOptions, 'length' | 'overlap'>): string | null {
  const { lengthMin, lengthMax } = windowLimits
  if (!Number.isInteger(length) || length < lengthMin || length > lengthMax)
    return `A window has ${lengthMin} to ${lengthMax} characters.`
  if (!Number.isInteger(overlap) || overlap < 0 || overlap > length / 2)
    return 'Windows overlap by at most half of their length.'
  return null
}

/** The length, less one where it would cut a character in two; `isEnded` says that no second half is to come. */
export function wholeCharacters(text: string, length: number, isEnded: boolean): number {
  const isFirstHalf = (text.charCodeAt(length - 1) & 0xfc00) === 0xd800
  return length > 0 && isFirstHalf && !(isEnded && length === text.length) ? length - 1 : length
}
