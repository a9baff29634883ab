import { Agent } from 'undici'
import type { DeploymentReport } from '@/lib/snapshot/deployment.ts'

export interface DeploymentReporterOptions {
  readonly consoleUrl: string
  /** Secret. */
  readonly nodeToken: string
  compose(): DeploymentReport
  /** Between reports while nothing changes. */
  readonly idleMs?: number
}

const sendTimeoutMs = 5_000
/** Several changes of one moment make one report. */
const urgentMs = 200
/** A console that is away, or that starts, is asked no more often. */
const awayMs = 1_000

/** Tells the console what became of the plan: at once when it changes, now and then otherwise. */
export class DeploymentReporter {
  readonly #options: DeploymentReporterOptions
  readonly #url: URL
  readonly #agent = new Agent({ headersTimeout: sendTimeoutMs, bodyTimeout: sendTimeoutMs })
  #timer: NodeJS.Timeout | undefined
  #isSending = false
  #isUrgent = false
  #isStopped = false
  #notBefore = 0

  constructor(options: DeploymentReporterOptions) {
    this.#options = options
    this.#url = new URL('/api/node/deployments', options.consoleUrl)
  }

  /** Something changed: report soon. */
  nudge(): void {
    if (this.#isUrgent || this.#isStopped) return
    this.#isUrgent = true
    if (!this.#isSending) this.#sendIn(urgentMs)
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    void this.#agent.destroy()
  }

  #sendIn(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#send(), Math.max(ms, this.#notBefore - performance.now()))
  }

  async #send(): Promise<void> {
    this.#isUrgent = false
    this.#isSending = true
    try {
      await this.#post()
    } catch {
      // Whoever supervises the console says that it is away; the next report has everything.
      this.#notBefore = performance.now() + awayMs
    }
    this.#isSending = false
    if (!this.#isStopped) this.#sendIn(this.#isUrgent ? urgentMs : (this.#options.idleMs ?? 5_000))
  }

  async #post(): Promise<void> {
    const { statusCode, body } = await this.#agent.request({
      origin: this.#url.origin,
      path: this.#url.pathname,
      method: 'POST',
      headers: { authorization: `Bearer ${this.#options.nodeToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(this.#options.compose()),
    })
    await body.dump()
    if (statusCode >= 300) throw new Error(`The console answered ${statusCode} to a report.`)
  }
}
