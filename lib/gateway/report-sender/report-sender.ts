import { Agent } from 'undici'
import { composeReport, type ReportSubject } from '@/lib/gateway/report-sender/compose-report.ts'
import { FullJitter } from '@/lib/gateway/snapshot-source/full-jitter.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { NodeReport } from '@/lib/snapshot/node-report.ts'

export interface ReportSenderOptions {
  readonly consoleUrl: string
  readonly nodeToken: string
  readonly subject: ReportSubject
  readonly logger: Logger
  /** Between reports while there is something new. */
  readonly busyMs?: number
  /** Between reports while nothing happens. */
  readonly idleMs?: number
}

const sendTimeoutMs = 5_000
/** Keeps a report well below the 2 MiB that the console takes; the rest goes with the next. */
const rollupsPerReportMax = 4_000

/** Tells the console about this node. Nothing waits for it; what cannot be delivered is kept within bounds. */
export class ReportSender {
  readonly #options: ReportSenderOptions
  readonly #url: URL
  readonly #agent = new Agent({ headersTimeout: sendTimeoutMs, bodyTimeout: sendTimeoutMs })
  readonly #jitter = new FullJitter(500)
  readonly #busyMs: number
  readonly #idleMs: number
  #timer: NodeJS.Timeout | null = null
  #sending: Promise<void> | null = null
  #lastSentAt = Number.NEGATIVE_INFINITY
  #retryAt = 0
  #isUrgent = true
  #hasNewInstances = true
  #isComplaining = false
  state: NodeReport['state'] = 'running'

  constructor(options: ReportSenderOptions) {
    this.#options = options
    this.#url = new URL('/api/node/reports', options.consoleUrl)
    this.#busyMs = options.busyMs ?? 1_000
    this.#idleMs = options.idleMs ?? 10_000
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), this.#busyMs)
    this.#tick()
  }

  /** Something changed that people wait to see: report at once. */
  nudge(change: { instances: boolean }): void {
    this.#isUrgent = true
    if (change.instances) this.#hasNewInstances = true
    // Several changes of one moment make one report.
    if (this.#timer !== null) queueMicrotask(() => this.#tick())
  }

  /** Sends what is left, once, and stops. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    await this.#sending
    await this.#send()
    await this.#agent.destroy()
  }

  #tick(): void {
    const now = performance.now()
    if (this.#sending !== null || now < this.#retryAt) return
    const hasNews = this.#isUrgent || this.#hasNewInstances || !this.#options.subject.observer.rollups.isEmpty
    if (!hasNews && now - this.#lastSentAt < this.#idleMs) return
    this.#sending = this.#send().finally(() => {
      this.#sending = null
      if (this.#isUrgent && this.#timer !== null) this.#tick()
    })
  }

  async #send(): Promise<void> {
    const { subject } = this.#options
    const withInstances = this.#hasNewInstances
    const taken = subject.observer.rollups.take(rollupsPerReportMax)
    this.#isUrgent = false
    this.#hasNewInstances = false
    try {
      await this.#post(composeReport(subject, this.state, withInstances, taken))
      this.#lastSentAt = performance.now()
      this.#retryAt = 0
      this.#jitter.reset()
      this.#isComplaining = false
    } catch (error) {
      subject.observer.rollups.putBack(taken)
      this.#hasNewInstances ||= withInstances
      this.#isUrgent = true
      this.#retryAt = performance.now() + this.#jitter.next()
      this.#complain(error)
    }
  }

  async #post(report: NodeReport): Promise<void> {
    const { statusCode, body } = await this.#agent.request({
      origin: this.#url.origin,
      path: this.#url.pathname,
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#options.nodeToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(report),
      signal: AbortSignal.timeout(sendTimeoutMs),
    })
    await body.dump()
    if (statusCode >= 300) throw new Error(`The console answered ${statusCode} to a report.`)
  }

  #complain(error: unknown): void {
    if (this.#isComplaining) return
    this.#isComplaining = true
    const reason = error instanceof Error ? error.message : String(error)
    this.#options.logger.warn({ reason }, 'the console takes no reports; keeping counts for later')
  }
}
