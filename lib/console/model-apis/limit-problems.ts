import type { InvalidField } from '@/lib/domain/error.ts'
import type { ModelPlugins } from '@/lib/domain/model-plugins.ts'

/** Use cases whose services say how many tokens they used. */
const metered: ReadonlySet<string> = new Set(['text', 'embedding'])

interface LimitedPlan {
  readonly useCase: string
  readonly plugins: Pick<ModelPlugins, 'authorization' | 'rateLimits' | 'quotas'>
}

/** Rules that would never count anything, of what is on. */
export function limitProblems({ useCase, plugins }: LimitedPlan): InvalidField[] {
  const problems: InvalidField[] = []
  for (const name of ['rateLimits', 'quotas'] as const) {
    const { enabled, rules } = plugins[name]
    for (const [index, { by, unit }] of enabled ? rules.entries() : []) {
      const path = `plugins.${name}.rules.${index}`
      if (by === 'consumer' && !plugins.authorization.enabled) {
        const message =
          'This rule counts by consumer, and everybody may call this API. Switch consumer authorization on, or count by something else.'
        problems.push({ path: `${path}.by`, code: 'no_consumers', message })
      }
      if (unit === 'tokens' && !metered.has(useCase)) {
        const message = 'Only APIs for text and for embeddings know how many tokens were used.'
        problems.push({ path: `${path}.unit`, code: 'no_tokens', message })
      }
    }
  }
  return problems
}
