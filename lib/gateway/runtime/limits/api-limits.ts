import { hash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { LimitSource, LimitUse } from '@/lib/counters/limits/limit-source.ts'
import { type ModelMatcher, modelMatcher } from '@/lib/domain/model-pattern.ts'
import type { LimitRuleSnapshot } from '@/lib/snapshot/limit-snapshot.ts'

/** What rules count requests by. */
export interface LimitedCall {
  readonly consumerId: string | null
  readonly model: string | null
  /** The trusted one. */
  readonly address: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
}

export interface MetRule {
  readonly rule: LimitRuleSnapshot
  readonly use: LimitUse
}

interface PreparedRule {
  readonly id: string
  readonly rule: LimitRuleSnapshot
  readonly takes: ModelMatcher | null
}

/** The rate limits and quotas of one Model API. */
export class ApiLimits {
  readonly source: LimitSource
  readonly #rules: readonly PreparedRule[]

  constructor(apiId: string, rules: readonly LimitRuleSnapshot[], source: LimitSource) {
    this.source = source
    this.#rules = rules.map((rule) => {
      const { by, header, match, unit, span } = rule
      return {
        // Without its amount: a changed one meets the counts of before.
        id: digest(JSON.stringify([apiId, by, header, match, unit, span])),
        rule,
        takes: match === null ? null : modelMatcher(match),
      }
    })
  }

  /** Those that count this call, and as whose. */
  rulesFor(call: LimitedCall): MetRule[] {
    const met: MetRule[] = []
    for (const { id, rule, takes } of this.#rules) {
      const value = countedValue(rule, call)
      if (takes !== null && !takes(value)) continue
      const { amount, span, by } = rule
      const isOpen = by !== 'api' && by !== 'consumer'
      const counted = isOpen ? digest(by === 'address' ? networkOf(value) : value) : value
      const weight = rule.unit === 'requests' ? 1 : 0
      met.push({ rule, use: { rule: id, span, amount, weight, value: counted, isOpen } })
    }
    return met
  }

  /**
   * A rule by its place among those of its kind, with a count that is nobody's and gone after a minute; null: there is no
   * such rule.
   */
  triedRule(kind: LimitRuleSnapshot['kind'], place: number, count: string): MetRule | null {
    const rule = this.#rules.filter((prepared) => prepared.rule.kind === kind)[place]?.rule
    if (rule === undefined) return null
    const weight = rule.unit === 'requests' ? 1 : 0
    const use: LimitUse = {
      ...{ rule: digest(`self-test ${count}`), span: 'minute', amount: rule.amount },
      ...{ weight, value: '', isOpen: false },
    }
    return { rule, use }
  }
}

function countedValue({ by, header }: LimitRuleSnapshot, call: LimitedCall): string {
  switch (by) {
    case 'api':
      return ''
    case 'consumer':
      return call.consumerId ?? ''
    case 'model':
      return call.model ?? ''
    case 'address':
      return call.address
    case 'header':
      return headerOf(call.headers, header ?? '')
  }
}

/** As one value where it came several times. */
function headerOf(headers: readonly string[], name: string): string {
  let value: string | null = null
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (headers[index]?.toLowerCase() !== name) continue
    const one = (headers[index + 1] as string).trim()
    value = value === null ? one : `${value}, ${one}`
  }
  return value ?? ''
}

/** Whoever has an IPv6 address has a whole /64 of them. */
function networkOf(address: string): string {
  if (!address.includes(':') || !ipaddr.isValid(address)) return address
  return Buffer.from(ipaddr.parse(address).toByteArray().slice(0, 8)).toString('hex')
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22)
}
