import type { LimitSource } from '@/lib/counters/limits/limit-source.ts'
import {
  chatBody,
  completion,
  modelSnapshot,
  type ProviderScript,
  type StandOptions,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { LimitRuleSnapshot } from '@/lib/snapshot/limit-snapshot.ts'

export function limitRule(change: Partial<LimitRuleSnapshot> = {}): LimitRuleSnapshot {
  const usual = {
    kind: 'rate',
    by: 'api',
    header: null,
    match: null,
    unit: 'requests',
    span: 'minute',
  } as const
  return { ...usual, amount: 2, ...change }
}

const answerAll: ProviderScript = (_call, response) => sendJson(response, completion('Hello'))

export interface LimitedStand extends StandOptions {
  readonly script?: ProviderScript
  readonly source?: LimitSource
}

export interface LimitedCall {
  readonly path?: string
  readonly body?: object
  readonly headers?: Record<string, string>
}

/** Gateways with one Model API under limits, on one clock, before providers that answer as a test says. */
export class LimitsStand {
  readonly clock = { at: Date.UTC(2026, 10, 21, 12), now: (): number => this.clock.at }
  readonly closers: Array<() => Promise<void> | void> = []

  async close(): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) await close()
  }

  async start(limits: readonly LimitRuleSnapshot[] | null, options: LimitedStand = {}) {
    const provider = await startProvider(options.script ?? answerAll)
    this.closers.push(provider.close)
    const api = { limits, ...options.api }
    const snapshot = modelSnapshot(`${provider.url}/v1`, { ...options, api })
    const gateway = await startGateway(snapshot, this.clock, null, options.source)
    this.closers.push(gateway.close)
    return { provider, gateway }
  }
}

export async function callLimited(
  { url }: TestGateway,
  { path = '/v1/chat/completions', body, headers }: LimitedCall = {},
) {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ ...chatBody, ...body }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text }
}

/** One after the other. */
export async function statusesOf(gateway: TestGateway, calls: readonly LimitedCall[]): Promise<number[]> {
  const seen: number[] = []
  for (const one of calls) seen.push((await callLimited(gateway, one)).status)
  return seen
}
