import { invisiblesMax, type ModerationMatch, type ModerationRule } from './moderation-rule.ts'
import { ModerationScan, type PreparedRules } from './moderation-scan.ts'
import { ModerationStream } from './moderation-stream.ts'
import type { PatternAutomaton } from './patterns/pattern-automaton.ts'
import type { WordAutomaton } from './words/word-automaton.ts'

export interface ModerationFindings {
  /** The match of a rule that blocks that was first certain. Nothing was looked for after it. */
  readonly blocked: ModerationMatch | null
  /** What rules that mask matched, in order and without overlaps (see `MatchesInOrder`). */
  readonly masked: readonly ModerationMatch[]
}

export interface ModeratedText {
  /** With every masked character written as one `*`, whatever its width; null when blocked. */
  readonly text: string | null
  readonly blocked: ModerationMatch | null
  readonly masking: ReadonlySet<ModerationRule>
}

/** A rule list made ready, by `buildModerationList`. Shared by all requests. */
export class ModerationList implements PreparedRules {
  readonly rules: readonly ModerationRule[]
  readonly words: readonly WordAutomaton[]
  readonly patterns: PatternAutomaton | null
  /** UTF-16 units that a stream holds back at most, before the next character tells more. */
  readonly heldMax: number

  /** `waitingMax` is the most characters that a pattern may wait for its end. */
  constructor({ rules, words, patterns }: PreparedRules, waitingMax: number) {
    this.rules = rules
    this.words = words
    this.patterns = patterns
    const depthMax = words.reduce((most, automaton) => Math.max(most, automaton.depthMax), 0)
    const wordMax = depthMax * 2 * (1 + invisiblesMax)
    this.heldMax = Math.max(wordMax, waitingMax * 2) + 1
  }

  scan(text: string): ModerationFindings {
    const scan = this.#read(text)
    return { blocked: scan.blocked, masked: scan.masks.all }
  }

  /** Takes its time at once: push slices of a text of megabytes to a stream, and let others have their turn between. */
  moderate(text: string): ModeratedText {
    const scan = this.#read(text)
    return {
      text: scan.blocked === null ? scan.masks.cover(text, 0) : null,
      blocked: scan.blocked,
      masking: scan.masking,
    }
  }

  openStream(): ModerationStream {
    return new ModerationStream(this)
  }

  #read(text: string): ModerationScan {
    const scan = new ModerationScan(this)
    scan.read(text, 0, true)
    scan.finish()
    return scan
  }
}
