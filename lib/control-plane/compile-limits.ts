import type { ModelPlugins } from '@/lib/domain/model-plugins.ts'
import type { LimitRuleSnapshot } from '@/lib/snapshot/limit-snapshot.ts'

const spans = { day: 'utc-day', month: 'utc-month', total: 'total' } as const

/** Null: nothing is counted. */
export function compileLimits({
  rateLimits,
  quotas,
}: Pick<ModelPlugins, 'rateLimits' | 'quotas'>): readonly LimitRuleSnapshot[] | null {
  const rates = rateLimits.rules.map(
    ({ window, ...rule }): LimitRuleSnapshot => ({ kind: 'rate', ...rule, span: window }),
  )
  const kept = quotas.rules.map(
    ({ period, ...rule }): LimitRuleSnapshot => ({ kind: 'quota', ...rule, span: spans[period] }),
  )
  const rules = [...(rateLimits.enabled ? rates : []), ...(quotas.enabled ? kept : [])]
  return rules.length === 0 ? null : rules
}
