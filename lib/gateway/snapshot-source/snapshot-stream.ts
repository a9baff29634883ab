import { setImmediate as nextTurn } from 'node:timers/promises'
import { Agent } from 'undici'
import { SnapshotEventReader } from '@/lib/gateway/snapshot-source/snapshot-event-reader.ts'
import { FullJitter } from '@/lib/platform/full-jitter.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'

export interface SnapshotStreamOptions {
  readonly consoleUrl: string
  readonly gatewayId: string
  readonly nodeId: string
  readonly nodeToken: string
  readonly logger: Logger
  onOpen(): void
  /** See `SnapshotEventReader`. */
  known(line: string): string
  onSnapshot(lines: SnapshotLines): void
  readonly jitter?: FullJitter
  /** Silence after which a connection counts as dead. The console sends a heartbeat every 10 s. */
  readonly silenceMs?: number
}

const headersTimeoutMs = 10_000
/** A snapshot that comes faster than it is read must not keep requests waiting. */
const turnMs = 1

/** Holds the long-lived event stream of snapshots open, for ever. */
export class SnapshotStream {
  readonly #options: SnapshotStreamOptions
  readonly #jitter: FullJitter
  readonly #stopped = new AbortController()
  readonly #agent: Agent
  #isComplaining = false

  constructor(options: SnapshotStreamOptions) {
    this.#options = options
    this.#jitter = options.jitter ?? new FullJitter()
    this.#agent = new Agent({ headersTimeout: headersTimeoutMs, bodyTimeout: options.silenceMs ?? 30_000 })
  }

  /** Resolves after `stop`. */
  async run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#readOnce()
      } catch (error) {
        this.#complain(error)
      }
      await this.#pause(this.#jitter.next())
    }
    await this.#agent.destroy()
  }

  stop(): void {
    this.#stopped.abort()
  }

  async #readOnce(): Promise<void> {
    const { consoleUrl, gatewayId, nodeId, nodeToken, onOpen, known, onSnapshot } = this.#options
    const url = new URL('/api/node/snapshots', consoleUrl)
    url.searchParams.set('gatewayId', gatewayId)
    url.searchParams.set('nodeId', nodeId)
    const { statusCode, body } = await this.#agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { authorization: `Bearer ${nodeToken}`, accept: 'text/event-stream' },
      signal: this.#stopped.signal,
    })
    if (statusCode !== 200) {
      await body.dump()
      throw new Error(`The console answered ${statusCode} to the request for snapshots.`)
    }
    onOpen()
    const reader = new SnapshotEventReader({
      known,
      onEvent: () => {
        this.#jitter.reset()
        this.#isComplaining = false
      },
      onSnapshot,
    })
    let turnEnd = performance.now() + turnMs
    for await (const bytes of body) {
      reader.feed(bytes as Buffer)
      if (performance.now() < turnEnd) continue
      await nextTurn()
      turnEnd = performance.now() + turnMs
    }
  }

  /** Once per outage: a console that is away for a day must not fill the log. */
  #complain(error: unknown): void {
    if (this.#stopped.signal.aborted || this.#isComplaining) return
    this.#isComplaining = true
    const reason = error instanceof Error ? error.message : String(error)
    this.#options.logger.warn({ reason }, 'no snapshots from the console; serving the last one')
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stopped
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms)
      function done() {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done)
    })
  }
}
