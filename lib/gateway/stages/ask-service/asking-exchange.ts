import type { AnswerProducer, Exchange } from '@/lib/gateway/exchange.ts'
import { Peer } from '@/lib/gateway/peer.ts'

export interface CollectedAnswer {
  readonly status: number
  readonly body: Buffer
}

const self = new Peer('127.0.0.1')

/** The gateway as its own caller: takes a short answer and keeps it. `done` is called once, with null when none came. */
export class AskingExchange implements Exchange {
  readonly side = 'internet'
  readonly scheme = 'http'
  readonly peer = self
  readonly httpVersion = '1.1'
  readonly method = 'POST'
  readonly target: string
  readonly rawHeaders: readonly string[] = []
  readonly isUpgrade = false
  readonly bytesIn = 0
  readonly requestTrailers = null
  started = false
  gone = false
  producer: AnswerProducer | null = null
  readonly #bytesMax: number
  readonly #done: (answer: CollectedAnswer | null) => void
  readonly #chunks: Buffer[] = []
  #status = 0
  #bytes = 0
  #isOver = false

  constructor(target: string, bytesMax: number, done: (answer: CollectedAnswer | null) => void) {
    this.target = target
    this.#bytesMax = bytesMax
    this.#done = done
  }

  /** Wants no answer any more: the service is cancelled, and nobody is to blame. */
  leave(): void {
    if (this.#isOver) return
    this.gone = true
    this.#finish(null)
    this.producer?.callerGone()
  }

  takeBody(): null {
    return null
  }

  inform(): void {}

  start(status: number): void {
    this.started = true
    this.#status = status
  }

  write(chunk: Buffer): boolean {
    this.#bytes += chunk.length
    if (this.#bytes <= this.#bytesMax) this.#chunks.push(chunk)
    else this.leave()
    return true
  }

  end(): void {
    this.#finish({ status: this.#status, body: Buffer.concat(this.#chunks) })
  }

  answer(status: number, _headers: string[], body: Buffer): void {
    this.started = true
    this.#finish({ status, body })
  }

  destroy(): void {
    this.#finish(null)
  }

  #finish(answer: CollectedAnswer | null): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#chunks.length = 0
    this.#done(answer)
  }
}
