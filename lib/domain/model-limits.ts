import * as z from 'zod'

/** What a rule counts by: each value of it has a count of its own. */
export const limitSubjects = ['api', 'consumer', 'model', 'address', 'header'] as const
export type LimitSubject = (typeof limitSubjects)[number]
export const limitUnits = ['requests', 'tokens'] as const
export type LimitUnit = (typeof limitUnits)[number]
/** Sliding: what was counted leaves when so much time has passed. */
export const limitWindows = ['second', 'minute', 'hour', 'day'] as const
export type LimitWindow = (typeof limitWindows)[number]
/** By the calendar, in UTC; `total` never starts anew. */
export const quotaPeriods = ['day', 'month', 'total'] as const
export type QuotaPeriod = (typeof quotaPeriods)[number]

export const limitRulesMax = 20
const amountMax = 1_000_000_000_000
const amountRange = 'A whole number from 1 to 1000000000000.'

/** Secrets, and what gateways read, set or leave out themselves. */
const unfitHeaders =
  /^(?:authorization|x-api-key|cookie|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|host|content-length|http2-settings|x-request-id|(?:proxy|x-forwarded|x-switchyard)-.*)$/

const limitHeader = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, {
    error: 'Name a header with letters, digits, _ and -, 1 to 64 in all.',
    abort: true,
  })
  .refine((name) => !unfitHeaders.test(name), 'This header cannot be counted by. Choose another one.')

const shared = {
  by: z.enum(limitSubjects).default('api'),
  /** Whose values are counted; null unless `by` says so. A request without it has the empty value. */
  header: limitHeader.nullable().default(null),
  /** Only values that fit are counted: `*` stands for any characters, `?` for one. Null: all. */
  match: z.string().trim().min(1, 'Give a pattern, or leave it out.').max(256).nullable().default(null),
  amount: z.int(amountRange).min(1, amountRange).max(amountMax, amountRange),
  /** Tokens are what services say that they used, in and out, once an answer has ended. */
  unit: z.enum(limitUnits).default('requests'),
}

const rateLimitRule = z.strictObject({ ...shared, window: z.enum(limitWindows).default('minute') })
export type RateLimitRule = z.infer<typeof rateLimitRule>

const quotaRule = z.strictObject({ ...shared, period: z.enum(quotaPeriods).default('month') })
export type QuotaRule = z.infer<typeof quotaRule>

type Rule = RateLimitRule | QuotaRule

/** What tells the counts of rules apart; a changed amount goes on counting where it stood. */
export function limitRuleName(rule: Rule): string {
  const time = 'window' in rule ? rule.window : rule.period
  return JSON.stringify([rule.by, rule.header, rule.match, rule.unit, time])
}

function addRuleIssues(
  { enabled, rules }: { readonly enabled: boolean; readonly rules: readonly Rule[] },
  context: z.RefinementCtx,
): void {
  const refuse = (path: ReadonlyArray<string | number>, message: string) =>
    context.addIssue({ code: 'custom', path: [...path], message })
  if (enabled && rules.length === 0) refuse(['rules'], 'Give a rule.')
  const names = rules.map(limitRuleName)
  for (const [index, rule] of rules.entries()) {
    if (rule.by === 'header' && rule.header === null) refuse(['rules', index, 'header'], 'Name the header.')
    if (rule.by !== 'header' && rule.header !== null)
      refuse(['rules', index, 'header'], 'Name a header only where the rule counts by one.')
    if (rule.by === 'api' && rule.match !== null)
      refuse(['rules', index, 'match'], 'A rule for the whole API has no values to choose from.')
    const same = names.indexOf(names[index] ?? '')
    if (same < index) refuse(['rules', index], `Rule ${same + 1} counts the same. Change one of them.`)
  }
}

export const rateLimits = z
  .strictObject({
    enabled: z.boolean().default(false),
    rules: z.array(rateLimitRule).max(limitRulesMax).default([]),
  })
  .superRefine(addRuleIssues)
export type RateLimits = z.infer<typeof rateLimits>
export type RateLimitsForm = z.input<typeof rateLimits>

export const quotas = z
  .strictObject({
    enabled: z.boolean().default(false),
    rules: z.array(quotaRule).max(limitRulesMax).default([]),
  })
  .superRefine(addRuleIssues)
export type Quotas = z.infer<typeof quotas>
export type QuotasForm = z.input<typeof quotas>

/** For both: rules are kept while they are off. */
export const noLimits = { enabled: false, rules: [] } satisfies RateLimits & Quotas
