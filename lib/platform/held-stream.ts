import { setTimeout as pause } from 'node:timers/promises'
import { Agent } from 'undici'
import { FullJitter } from './full-jitter.ts'

export interface HeldStreamOptions {
  readonly url: URL
  /** Secret. */
  readonly nodeToken: string
  /** What the stream carries, as the words of an error have it. */
  readonly carries: string
  onOpen(): void
  /** Reads one connection to its end; calls `arrived` for each event, a heartbeat too. */
  read(body: AsyncIterable<Buffer>, arrived: () => void): Promise<void>
  /** There is no stream, or what it brought could not be used. Once, until an event arrives. */
  onTrouble(reason: string): void
  /** Troubles that others tell of, or nobody needs to. Default: none. */
  isExpected?(error: unknown): boolean
  readonly jitter?: FullJitter | undefined
  /** Silence after which a connection counts as dead. The console sends a heartbeat every 10 s. */
  readonly silenceMs?: number | undefined
}

const headersTimeoutMs = 10_000

/** The console answered, and gives no stream. */
export class StreamRefused extends Error {
  override readonly name = 'StreamRefused'
  readonly status: number

  constructor(status: number, carries: string) {
    super(`The console answered ${status} to the request for ${carries}.`)
    this.status = status
  }
}

/** Holds an event stream of the console open, for ever. */
export class HeldStream {
  readonly #options: HeldStreamOptions
  readonly #jitter: FullJitter
  readonly #stopped = new AbortController()
  readonly #agent: Agent
  #isInTrouble = false

  constructor(options: HeldStreamOptions) {
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
    const { url, nodeToken, carries, onOpen, read } = this.#options
    const { statusCode, body } = await this.#agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: { authorization: `Bearer ${nodeToken}`, accept: 'text/event-stream' },
      signal: this.#stopped.signal,
    })
    if (statusCode !== 200) {
      await body.dump()
      throw new StreamRefused(statusCode, carries)
    }
    onOpen()
    await read(body, () => {
      this.#jitter.reset()
      this.#isInTrouble = false
    })
  }

  #complain(error: unknown): void {
    const { isExpected, onTrouble } = this.#options
    if (this.#stopped.signal.aborted || this.#isInTrouble || isExpected?.(error) === true) return
    this.#isInTrouble = true
    onTrouble(error instanceof Error ? error.message : String(error))
  }
}
