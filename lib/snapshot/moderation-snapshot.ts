/** What the texts of calls of a Model API are held against. */
export interface ModerationSnapshot {
  readonly request: boolean
  readonly reply: boolean
  readonly rules: readonly ModerationRuleSnapshot[]
  /** What callers are told of what is blocked, instead of the gateway's own words. */
  readonly message: string | null
}

/** As in `lib/moderation`; callers and operators know it by its place in the list, from 1. */
export interface ModerationRuleSnapshot {
  readonly kind: 'word' | 'pattern'
  readonly text: string
  readonly action: 'block' | 'mask'
  readonly isCaseSensitive: boolean
  readonly wholeWord: boolean
}
