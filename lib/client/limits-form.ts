import * as z from 'zod'
import {
  type LimitSubject,
  type LimitUnit,
  limitWindows,
  type Quotas,
  quotaPeriods,
  quotas,
  type RateLimits,
  rateLimits,
} from '@/lib/domain/model-limits.ts'

export const limitTimes = { rateLimits: limitWindows, quotas: quotaPeriods } as const
export type LimitName = keyof typeof limitTimes
export type LimitTime = (typeof limitTimes)[LimitName][number]

/** Rate limits and quotas differ in what their time is called. */
export interface LimitRuleValues {
  readonly by: LimitSubject
  readonly header: string
  /** Empty: every value is counted, each by itself. */
  readonly match: string
  readonly amount: number | null
  readonly unit: LimitUnit
  readonly time: LimitTime
}

export interface LimitsValues {
  readonly enabled: boolean
  readonly rules: readonly LimitRuleValues[]
}

export function emptyLimitRule(name: LimitName, by: LimitSubject): LimitRuleValues {
  const time = name === 'quotas' ? 'month' : 'minute'
  return { by, header: '', match: '', amount: null, unit: 'requests', time }
}

export function limitsValuesOf({ enabled, rules }: RateLimits | Quotas): LimitsValues {
  return {
    enabled,
    rules: rules.map((rule) => ({
      by: rule.by,
      header: rule.header ?? '',
      match: rule.match ?? '',
      amount: rule.amount,
      unit: rule.unit,
      time: 'window' in rule ? rule.window : rule.period,
    })),
  }
}

/** As the API takes it; fields that a rule does not use are left behind. */
function inputOf(name: LimitName, { enabled, rules }: LimitsValues): unknown {
  return {
    enabled,
    rules: rules.map(({ by, header, match, amount, unit, time }) => ({
      by,
      header: by === 'header' && header.trim() !== '' ? header : null,
      match: by === 'api' || match.trim() === '' ? null : match,
      amount,
      unit,
      [name === 'quotas' ? 'period' : 'window']: time,
    })),
  }
}

export function rateLimitsOf(values: LimitsValues): RateLimits {
  return rateLimits.parse(inputOf('rateLimits', values))
}

export function quotasOf(values: LimitsValues): Quotas {
  return quotas.parse(inputOf('quotas', values))
}

/** `rules.0.window` of the API is `rules.0.time` of the form; what is wrong with a whole rule stands at its amount. */
export function limitFieldPath(path: string): string {
  return path.replace(/\.(?:window|period)$/, '.time').replace(/^(rules\.\d+)$/, '$1.amount')
}

/** Checks what the API would, with its own schema; `error` says what schemas leave unsaid. */
export function limitsFormSchema(
  name: LimitName,
  error: (issue: z.core.$ZodRawIssue) => string,
): z.ZodType<LimitsValues, LimitsValues> {
  return z.custom<LimitsValues>().check(({ value, issues }) => {
    const schema = name === 'quotas' ? quotas : rateLimits
    for (const { path, message } of schema.safeParse(inputOf(name, value), { error }).error?.issues ?? []) {
      const field = limitFieldPath(path.join('.')).split('.')
      issues.push({ code: 'custom', message, path: field, input: value })
    }
  })
}
