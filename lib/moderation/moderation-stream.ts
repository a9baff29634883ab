import type { ModerationMatch, ModerationRule } from './moderation-rule.ts'
import { ModerationScan, type PreparedRules } from './moderation-scan.ts'

export interface ModeratedPiece {
  /** What may go on to the caller now, masks applied; often empty. Never ends within a character. */
  readonly release: string
  /** The match that ends the text. `release` goes before it, and nothing after. */
  readonly blocked: ModerationMatch | null
}

/**
 * One text that comes in pieces: the content of one choice, its reasoning, the arguments of one tool call. Each has a
 * stream of its own, and the pieces may be cut anywhere, within a character too.
 *
 * What is held back is the longest end of what was read that could still become a match, or that is one and waits for
 * the next character to tell whether the word goes on. What a block refuses was never released, not even in part.
 */
export class ModerationStream {
  readonly #scan: ModerationScan
  #held = ''
  /** Where the held text begins in the whole. */
  #offset = 0
  #isEnded = false

  constructor(rules: PreparedRules) {
    this.#scan = new ModerationScan(rules)
  }

  /** UTF-16 units held back. */
  get heldLength(): number {
    return this.#held.length
  }

  /** Rules that masked something, in the order in which they did. */
  get masking(): ReadonlySet<ModerationRule> {
    return this.#scan.masking
  }

  push(text: string): ModeratedPiece {
    return this.#read(text, false)
  }

  /** The rest. Nothing can be pushed after it. */
  end(): ModeratedPiece {
    const piece = this.#read('', true)
    this.#isEnded = true
    return piece
  }

  #read(text: string, isLast: boolean): ModeratedPiece {
    const scan = this.#scan
    if (scan.blocked !== null || this.#isEnded) return { release: '', blocked: scan.blocked }
    this.#held += text
    scan.read(this.#held, scan.position - this.#offset, isLast)
    if (isLast) scan.finish()
    const release = this.#releaseUntil(scan.settledUntil)
    if (scan.blocked !== null) this.#held = ''
    return { release, blocked: scan.blocked }
  }

  #releaseUntil(position: number): string {
    const length = position - this.#offset
    if (length === 0) return ''
    const release = this.#scan.masks.cover(this.#held.slice(0, length), this.#offset)
    this.#held = this.#held.slice(length)
    this.#offset = position
    this.#scan.masks.dropBefore(position)
    return release
  }
}
