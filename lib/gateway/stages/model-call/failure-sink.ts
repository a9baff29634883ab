import type { AnswerOutlet, AnswerSink } from '@/lib/gateway/stages/model-call/answer-sink.ts'

/** More is not needed to say what is wrong. */
const bytesMax = 262_144

/** An answer that says what is wrong: read to its end, or as far as it is of use. */
export class FailureSink implements AnswerSink {
  readonly #outlet: AnswerOutlet
  readonly #status: number
  readonly #contentType: string
  readonly #chunks: Buffer[] = []
  #bytes = 0
  #isOver = false

  constructor(outlet: AnswerOutlet, status: number, contentType: string) {
    this.#outlet = outlet
    this.#status = status
    this.#contentType = contentType
  }

  take(chunk: Buffer): boolean {
    this.#bytes += chunk.length
    if (this.#bytes <= bytesMax) this.#chunks.push(chunk)
    else this.complete()
    return true
  }

  complete(): void {
    if (this.#isOver) return
    this.#isOver = true
    const bytes = Buffer.concat(this.#chunks)
    const said = { status: this.#status, contentType: this.#contentType, failure: null }
    this.#outlet.fail({ ...said, body: parse(bytes), bytes })
  }

  /** Its status says enough. */
  broke(): boolean {
    this.complete()
    return true
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}
