import type { UpstreamAnswerHeaders } from '@/lib/gateway/stages/forward/response-headers.ts'
import type { AnswerOutlet, AnswerSink } from '@/lib/gateway/stages/model-call/answer-sink.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'

/** What is read of an answer that names something made: ids come in short answers. */
const learnedBytesMax = 262_144

/** An answer that passes byte by byte as it comes, whatever it is. */
export class RelayedSink implements AnswerSink {
  readonly #call: ModelCall
  readonly #outlet: AnswerOutlet
  readonly #headers: readonly string[]
  /** Null: nothing is learned from this answer. */
  #copy: Buffer[] | null
  #bytes = 0
  #hasStarted = false

  constructor(call: ModelCall, outlet: AnswerOutlet, { headers, contentType }: UpstreamAnswerHeaders) {
    this.#call = call
    this.#outlet = outlet
    this.#headers = headers
    const isJson = /^application\/json\b/i.test(contentType)
    this.#copy = isJson && call.prepared.relayed?.learn != null ? [] : null
    // The first packet of a stream is waited for, while another service could still be asked.
    if (!call.prepared.isStream) this.#start()
  }

  take(chunk: Buffer): boolean {
    this.#start()
    this.#bytes += chunk.length
    if (this.#bytes > learnedBytesMax) this.#copy = null
    this.#copy?.push(chunk)
    return this.#outlet.write(chunk)
  }

  complete(): void {
    this.#start()
    // Before the caller sees the end, so that its next call finds what this one made.
    if (this.#copy !== null) this.#call.prepared.relayed?.learn?.(this.#call.route, Buffer.concat(this.#copy))
    this.#outlet.finish()
  }

  broke(): boolean {
    return false
  }

  #start(): void {
    if (this.#hasStarted) return
    this.#hasStarted = true
    this.#outlet.start(this.#headers)
    if (this.#call.prepared.isStream) this.#outlet.contentCame()
  }
}
