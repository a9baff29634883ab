import type { InvalidField } from '@/lib/domain/error.ts'
import type { ModelPlugins } from '@/lib/domain/model-plugins.ts'
import type { Moderation } from '@/lib/domain/moderation.ts'
import { buildModerationList } from '@/lib/moderation/build-moderation-list.ts'
import { ModerationRulesError } from '@/lib/moderation/moderation-rules-error.ts'

/** Use cases of which gateways know the texts of every route. */
const moderated: ReadonlySet<string> = new Set(['text', 'embedding'])

interface ModeratedPlan {
  readonly useCase: string
  readonly plugins: Pick<ModelPlugins, 'moderation'>
}

/** What cannot be looked for, each at its rule; also while moderation is off, so that it can be put on as it is. */
export function moderationProblems({ useCase, plugins: { moderation } }: ModeratedPlan): InvalidField[] {
  const { enabled, rules } = moderation
  if (enabled && !moderated.has(useCase)) {
    const message = 'Only APIs for text and for embeddings can be moderated.'
    return [{ path: 'plugins.moderation.enabled', code: 'not_text', message }]
  }
  return ruleProblems(rules, 'plugins.moderation.rules')
}

/** `path` is that of the list. */
export function ruleProblems(rules: Moderation['rules'], path: string): InvalidField[] {
  try {
    buildModerationList(rules.map((rule, index) => ({ ...rule, id: String(index + 1) })))
    return []
  } catch (error) {
    if (!(error instanceof ModerationRulesError)) throw error
    return error.problems.map(({ index, message }) => ({
      path: index === null ? path : `${path}.${index}.text`,
      code: 'rule_unusable',
      message,
    }))
  }
}
