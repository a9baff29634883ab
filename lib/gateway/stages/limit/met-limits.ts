import type { LimitSource, LimitUse, LimitVerdict } from '@/lib/counters/limits/limit-source.ts'
import type { ErrorShape, GatewayError } from '@/lib/gateway/error.ts'
import type { MetRule } from '@/lib/gateway/runtime/limits/api-limits.ts'
import { limitHeaders, withoutLimitHeaders } from '@/lib/gateway/stages/limit/limit-headers.ts'
import { limitRefusal } from '@/lib/gateway/stages/limit/limit-refusal.ts'
import { estimateTokens, TokenTally } from '@/lib/gateway/stages/limit/token-tally.ts'
import type { TokenUsage } from '@/lib/gateway/stages/observe/usage-reader.ts'

/** nginx's number for a caller that left, as observations have it. */
const callerLeft = 499

/** What is known of a call once nothing of it is under way. */
interface EndedCall {
  readonly status: number
  /** Where the request went; null: nowhere. */
  readonly model: { readonly url: string | null } | null
  usage(): TokenUsage
}

/** What stands in for what a service does not tell. */
interface Estimate {
  readonly body: Buffer
  readonly tally: TokenTally
}

/** The rate limits and quotas that one request met. */
export class MetLimits {
  readonly #source: LimitSource
  readonly #met: readonly MetRule[]
  readonly #verdict: LimitVerdict
  readonly #headers: readonly string[]
  /** Whose tokens are counted when the call has ended. */
  readonly #spending: readonly LimitUse[]
  /** Null: what a service does not tell is not known. */
  readonly #estimate: Estimate | null

  /** `body`: of the request; null where its bytes, and those of the answer, say nothing of tokens. */
  constructor(
    source: LimitSource,
    met: readonly MetRule[],
    verdict: LimitVerdict,
    shape: ErrorShape,
    body: Buffer | null,
    now: number,
  ) {
    this.#source = source
    this.#met = met
    this.#verdict = verdict
    this.#headers = limitHeaders(met, verdict, shape, now)
    this.#spending = met.filter(({ rule }) => rule.unit === 'tokens').map(({ use }) => use)
    this.#estimate = body === null || this.#spending.length === 0 ? null : { body, tally: new TokenTally() }
  }

  /** Null: the request was admitted, and is counted. */
  refusal(now: number): { readonly kind: 'rate' | 'quota'; readonly error: GatewayError } | null {
    const refused = this.#verdict.refused ?? -1
    const rule = this.#met[refused]?.rule
    if (rule === undefined) return null
    const renewsInMs = this.#verdict.states[refused]?.renewsInMs ?? null
    return { kind: rule.kind, error: limitRefusal(rule, renewsInMs, this.#headers, now) }
  }

  /** What the service's own answer says of limits is about its account. */
  addTo(headers: readonly string[]): string[] {
    return [...withoutLimitHeaders(headers), ...this.#headers]
  }

  /** A piece of the answer, on its way to the caller. */
  answered(chunk: Buffer): void {
    this.#estimate?.tally.push(chunk)
  }

  /** Counts the tokens of a call that has ended. */
  ended(observation: EndedCall): void {
    // Nothing was asked of anybody.
    if (this.#spending.length === 0 || observation.model?.url == null) return
    const { status } = observation
    const said = observation.usage()
    const estimate = this.#estimate
    const tokens = estimate === null ? sumOf(said) : tokensOf(status, said, estimate)
    this.#source.spend(this.#spending, Math.ceil(tokens))
  }
}

function tokensOf(status: number, { input, output }: TokenUsage, { body, tally }: Estimate): number {
  const isWhole = status >= 200 && status < 400
  const isCutOff = status === callerLeft || (status >= 500 && tally.bytes > 0)
  if (isWhole && input === null && output === null) return estimateTokens(body) + tally.tokens
  if (isCutOff) return (input ?? estimateTokens(body)) + Math.max(output ?? 0, tally.tokens)
  return sumOf({ input, output })
}

function sumOf({ input, output }: Pick<TokenUsage, 'input' | 'output'>): number {
  return (input ?? 0) + (output ?? 0)
}
