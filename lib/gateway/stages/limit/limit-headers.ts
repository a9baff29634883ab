import type { LimitVerdict } from '@/lib/counters/limits/limit-source.ts'
import type { ErrorShape } from '@/lib/gateway/error.ts'
import type { MetRule } from '@/lib/gateway/runtime/limits/api-limits.ts'

const ofLimits = /^(?:x-ratelimit|anthropic-ratelimit|ratelimit)(?:-|$)/i

/** Names and values in turn. */
export function withoutLimitHeaders(headers: readonly string[]): string[] {
  return headers.filter((_, index) => !ofLimits.test(headers[index - (index % 2)] as string))
}

interface Standing {
  readonly limit: number
  readonly left: number
  readonly renewsInMs: number | null
}

/** How the rule stands that is nearest to its end, for requests and for tokens; as official clients read it. */
export function limitHeaders(
  met: readonly MetRule[],
  { states }: LimitVerdict,
  shape: ErrorShape,
  now: number,
): string[] {
  const headers: string[] = []
  for (const unit of ['requests', 'tokens'] as const) {
    let nearest: Standing | null = null
    for (const [index, { rule }] of met.entries()) {
      const state = states[index]
      if (rule.unit !== unit || state === undefined) continue
      const standing = { ...state, limit: rule.amount }
      if (nearest === null || isNearer(standing, nearest)) nearest = standing
    }
    if (nearest === null) continue
    const { limit, left, renewsInMs } = nearest
    const name = (part: string) =>
      shape === 'anthropic' ? `anthropic-ratelimit-${unit}-${part}` : `x-ratelimit-${part}-${unit}`
    headers.push(name('limit'), String(limit), name('remaining'), String(left))
    if (renewsInMs === null) continue
    const reset =
      shape === 'anthropic' ? new Date(now + renewsInMs).toISOString() : durationText(Math.ceil(renewsInMs))
    headers.push(name('reset'), reset)
  }
  return headers
}

function isNearer(one: Standing, other: Standing): boolean {
  const [near, far] = [one.left / one.limit, other.left / other.limit]
  if (near !== far) return near < far
  return (one.renewsInMs ?? Number.POSITIVE_INFINITY) > (other.renewsInMs ?? Number.POSITIVE_INFINITY)
}

/** As OpenAI writes it: `12ms`, `1.5s`, `6m0s`, `23h0m5s`. */
function durationText(ms: number): string {
  if (ms < 1_000) return `${ms}ms`
  if (ms < 60_000) return `${ms / 1_000}s`
  const seconds = Math.ceil(ms / 1_000)
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  return `${hours > 0 ? `${hours}h` : ''}${minutes}m${seconds % 60}s`
}
