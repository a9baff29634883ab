import { GatewayError } from '@/lib/gateway/error.ts'
import type { LimitRuleSnapshot } from '@/lib/snapshot/limit-snapshot.ts'

const number = new Intl.NumberFormat('en-US')

const times: Readonly<Record<LimitRuleSnapshot['span'], string>> = {
  second: 'per second',
  minute: 'per minute',
  hour: 'per hour',
  day: 'per day',
  'utc-day': 'per day',
  'utc-month': 'per month',
  total: 'in all',
}

/** Clients of OpenAI and Anthropic do not try again what will be refused for long. */
const noRetry = ['x-should-retry', 'false']

/** Names the rule and when it renews, and nobody's counts. */
export function limitRefusal(
  rule: LimitRuleSnapshot,
  renewsInMs: number | null,
  headers: readonly string[],
  now: number,
): GatewayError {
  const amount = `${number.format(rule.amount)} ${rule.amount === 1 ? rule.unit.slice(0, -1) : rule.unit}`
  const what = `${amount} ${times[rule.span]}${subjectOf(rule)}`
  const seconds = renewsInMs === null ? null : Math.max(1, Math.ceil(renewsInMs / 1_000))
  const retry = seconds === null ? {} : { retryAfterSeconds: seconds }
  if (rule.kind === 'rate') {
    return made('rate_limited', `This API takes ${what}. Try again in ${seconds ?? 1} s.`, {
      ...retry,
      headers,
    })
  }
  const renewal =
    renewsInMs === null
      ? 'It does not renew.'
      : `It renews at ${new Date(now + renewsInMs).toISOString().replace(/\.\d+Z$/, 'Z')}.`
  return made('quota_exceeded', `The quota of ${what} of this API is used up. ${renewal}`, {
    ...retry,
    headers: [...headers, ...noRetry],
  })
}

function subjectOf({ by, header }: LimitRuleSnapshot): string {
  switch (by) {
    case 'api':
      return ''
    case 'consumer':
      return ' for each consumer'
    case 'model':
      return ' for each model'
    case 'address':
      return ' for each client address'
    case 'header':
      return ` for each value of ${header}`
  }
}

/** As `refusal`: expected, and without the cost of a stack trace. */
function made(
  code: 'rate_limited' | 'quota_exceeded',
  message: string,
  options: { readonly retryAfterSeconds?: number; readonly headers: readonly string[] },
): GatewayError {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return new GatewayError(code, message, options)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}
