import { Agent } from 'undici'
import { composeReport, type ReportSubject, type Taken } from '@/lib/gateway/report-sender/compose-report.ts'
import { HealthNews } from '@/lib/gateway/report-sender/health-news.ts'
import { ServiceNews } from '@/lib/gateway/report-sender/service-news.ts'
import { FullJitter } from '@/lib/platform/full-jitter.ts'
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
/** What a node that stops waits for an answer. */
const lastWordsMs = 1_000
/** Rollups, instances and events: keeps a report below the 2 MiB that the console takes; the rest goes with the next. */
const entriesPerReportMax = 4_000
/** Written in a few milliseconds. A node that is asked more often in a second tells of the newest of these. */
const recordsPerReport = { records: 1_000, bytes: 2_097_152 }
/** However much happens at once, the console is not sent more than ten reports a second. */
const urgentMs = 100

/** Tells the console about this node. Nothing waits for it; what cannot be delivered is kept within bounds. */
export class ReportSender {
  readonly #options: ReportSenderOptions
  readonly #url: URL
  readonly #agent = new Agent({ headersTimeout: sendTimeoutMs, bodyTimeout: sendTimeoutMs })
  readonly #jitter = new FullJitter(500)
  readonly #busyMs: number
  readonly #idleMs: number
  readonly #news: HealthNews
  readonly #serviceNews: ServiceNews
  #timer: NodeJS.Timeout | null = null
  #sending: Promise<void> | null = null
  #soon: NodeJS.Timeout | null = null
  #lastSentAt = Number.NEGATIVE_INFINITY
  #retryAt = 0
  #isUrgent = true
  #isComplaining = false
  #inFlight: AbortController | null = null
  state: NodeReport['state'] = 'running'

  constructor(options: ReportSenderOptions) {
    this.#options = options
    const { runtimes, shared } = options.subject
    this.#news = new HealthNews(runtimes, shared.instances.journal)
    this.#serviceNews = new ServiceNews(runtimes, shared)
    this.#url = new URL('/api/node/reports', options.consoleUrl)
    this.#busyMs = options.busyMs ?? 1_000
    this.#idleMs = options.idleMs ?? 10_000
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), this.#busyMs)
    const { instances, upstreamNews } = this.#options.subject.shared
    instances.journal.onChange = () => this.nudge()
    upstreamNews.onChange = () => this.nudge()
    this.#tick()
  }

  /** Something changed that people wait to see: report at once. */
  nudge(): void {
    this.#isUrgent = true
    if (this.#timer === null || this.#soon !== null) return
    // Several changes of one moment make one report.
    const waitMs = Math.max(this.#lastSentAt + urgentMs - performance.now(), 0)
    this.#soon = setTimeout(() => {
      this.#soon = null
      this.#tick()
    }, waitMs)
  }

  /** A console that was away may have forgotten what it was told. */
  tellAll(): void {
    this.#news.forget()
    this.#serviceNews.forget()
    this.nudge()
  }

  /** Sends what is left, once, and stops. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    if (this.#soon !== null) clearTimeout(this.#soon)
    this.#timer = null
    const { instances, upstreamNews } = this.#options.subject.shared
    instances.journal.onChange = () => {}
    upstreamNews.onChange = () => {}
    // The console may be on its way out too, and its port, which others hold, would keep the caller waiting.
    const late = setTimeout(() => this.#inFlight?.abort(), lastWordsMs)
    await this.#sending
    clearTimeout(late)
    await this.#send()
    await this.#agent.destroy()
  }

  #tick(): void {
    const now = performance.now()
    if (this.#sending !== null || now < this.#retryAt) return
    const { rollups, records } = this.#options.subject.observer
    const hasNews = this.#isUrgent || this.#hasNews || !rollups.isEmpty || (records?.size ?? 0) > 0
    if (!hasNews && now - this.#lastSentAt < this.#idleMs) return
    this.#sending = this.#send().finally(() => {
      this.#sending = null
      if (this.#isUrgent || this.#hasNews) this.nudge()
    })
  }

  async #send(): Promise<void> {
    const { subject } = this.#options
    this.#isUrgent = false
    const taken = this.#take()
    try {
      await this.#post(composeReport(subject, this.state, taken))
      this.#lastSentAt = performance.now()
      this.#retryAt = 0
      this.#jitter.reset()
      this.#isComplaining = false
    } catch (error) {
      subject.observer.rollups.putBack(taken)
      subject.observer.records?.putBack(taken.records)
      this.#news.putBack(taken)
      this.#serviceNews.putBack(taken.upstreamServices)
      this.#isUrgent = true
      this.#retryAt = performance.now() + this.#jitter.next()
      this.#complain(error)
    }
  }

  get #hasNews(): boolean {
    return !this.#news.isEmpty || !this.#serviceNews.isEmpty
  }

  #take(): Taken {
    const news = this.#news.take()
    const taken = (news.instances?.items.length ?? 0) + news.healthEvents.length
    const { observer } = this.#options.subject
    const rollups = observer.rollups.take(entriesPerReportMax - taken)
    const records = observer.records?.take(recordsPerReport) ?? []
    return { ...news, ...rollups, records, upstreamServices: this.#serviceNews.take() }
  }

  async #post(report: NodeReport): Promise<void> {
    const inFlight = new AbortController()
    this.#inFlight = inFlight
    const withinMs = this.#timer === null ? lastWordsMs : sendTimeoutMs
    const overdue = setTimeout(() => inFlight.abort(new Error('The console does not answer.')), withinMs)
    try {
      await this.#request(report, inFlight.signal)
    } finally {
      clearTimeout(overdue)
    }
  }

  async #request(report: NodeReport, signal: AbortSignal): Promise<void> {
    const { statusCode, body } = await this.#agent.request({
      origin: this.#url.origin,
      path: this.#url.pathname,
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#options.nodeToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(report),
      signal,
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
