/** What the texts of calls of a Model API are held against. */
export interface ModerationSnapshot {
  readonly request: boolean
  readonly reply: boolean
  readonly rules: readonly ModerationRuleSnapshot[]
  /** Null: the rules alone decide. */
  readonly endpoint: ModerationEndpointSnapshot | null
  /** What callers are told of what is blocked, instead of the gateway's own words. */
  readonly message: string | null
}

/** A service of the AI gateway that judges what the rules let through, as `lib/domain/moderation.ts` has it. */
export interface ModerationEndpointSnapshot {
  readonly serviceId: string
  readonly model: string | null
  readonly categories: ReadonlyArray<{ readonly name: string; readonly threshold: number | null }> | null
  readonly timeoutMs: number
  readonly onFailure: 'block' | 'pass'
}

/** As in `lib/moderation`; callers and operators know it by its place in the list, from 1. */
export interface ModerationRuleSnapshot {
  readonly kind: 'word' | 'pattern'
  readonly text: string
  readonly action: 'block' | 'mask'
  readonly isCaseSensitive: boolean
  readonly wholeWord: boolean
}
