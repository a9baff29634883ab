export interface ModerationRuleProblem {
  /** Of the rule in its list; null for a problem of the whole list. */
  readonly index: number | null
  readonly message: string
}

/** A rule list that can't be used. The message is that of the first problem, and says what to do. */
export class ModerationRulesError extends Error {
  override readonly name = 'ModerationRulesError'
  readonly problems: readonly ModerationRuleProblem[]

  constructor(problems: readonly ModerationRuleProblem[]) {
    super(problems[0]?.message ?? 'The rules cannot be used.')
    this.problems = problems
  }
}
