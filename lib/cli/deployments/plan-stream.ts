import { setTimeout as pause } from 'node:timers/promises'
import { Agent } from 'undici'
import { FullJitter } from '@/lib/platform/full-jitter.ts'
import { EventReader } from './event-reader.ts'

export interface PlanStreamOptions {
  readonly consoleUrl: string
  /** Secret. */
  readonly nodeToken: string
  readonly host: string
  onOpen(): void
  /** The text of a plan, as the console sent it. */
  onPlan(text: string): void
  /** The console is there and gives no plan, or one that could not be followed. Once, until it does. */
  onTrouble(reason: string): void
  readonly jitter?: FullJitter
  /** Silence after which a connection counts as dead. The console sends a heartbeat every 10 s. */
  readonly silenceMs?: number
}

const headersTimeoutMs = 10_000
const startingStatus = 503

/** Holds the console's event stream of deployment plans open, for ever. */
export class PlanStream {
  readonly #options: PlanStreamOptions
  readonly #jitter: FullJitter
  readonly #stopped = new AbortController()
  readonly #agent: Agent
  #isInTrouble = false

  constructor(options: PlanStreamOptions) {
    this.#options = options
    this.#jitter = options.jitter ?? new FullJitter()
    this.#agent = new Agent({ headersTimeout: headersTimeoutMs, bodyTimeout: options.silenceMs ?? 30_000 })
  }

  /** Resolves after `stop`. */
  async run(): Promise<void> {
    const { signal } = this.#stopped
    while (!signal.aborted) {
      await this.#readOnce().catch((error) => this.#complain(error))
      await pause(this.#jitter.next(), undefined, { signal }).catch(() => {})
    }
    await this.#agent.destroy()
  }

  stop(): void {
    this.#stopped.abort()
  }

  async #readOnce(): Promise<void> {
    const { consoleUrl, nodeToken, host, onOpen, onPlan } = this.#options
    const url = new URL('/api/node/deployments', consoleUrl)
    url.searchParams.set('host', host)
    const { statusCode, body } = await this.#agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { authorization: `Bearer ${nodeToken}`, accept: 'text/event-stream' },
      signal: this.#stopped.signal,
    })
    if (statusCode !== 200) {
      await body.dump()
      if (statusCode === startingStatus) return
      throw new Error(`The console answered ${statusCode} to the request for plans.`)
    }
    onOpen()
    const reader = new EventReader((event, data) => {
      this.#jitter.reset()
      this.#isInTrouble = false
      if (event === 'plan') onPlan(data)
    })
    for await (const bytes of body) reader.feed(bytes as Buffer)
  }

  #complain(error: unknown): void {
    // That it is away is told by whoever supervises it.
    const isAway = error instanceof Error && 'code' in error
    if (this.#stopped.signal.aborted || isAway || this.#isInTrouble) return
    this.#isInTrouble = true
    this.#options.onTrouble(error instanceof Error ? error.message : String(error))
  }
}
