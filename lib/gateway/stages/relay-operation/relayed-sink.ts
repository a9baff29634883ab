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
  /** The last of it is held back until the end. Null: nothing is learned from this answer. */
  #copy: Buffer[] | null
  #bytes = 0
  #hasStarted = false
  #isAbandoned = false

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
    if (this.#copy === null) return this.#outlet.write(chunk)
    const last = this.#copy.at(-1)
    this.#copy.push(chunk)
    this.#bytes += chunk.length
    const hasRoom = last === undefined || this.#outlet.write(last)
    if (this.#bytes <= learnedBytesMax) return hasRoom
    this.#copy = null
    return this.#outlet.write(chunk)
  }

  complete(): void {
    this.#start()
    // Before the caller sees the end, so that its next call, of whatever node, finds what this one made.
    const { route, prepared } = this.#call
    const learned = this.#copy && prepared.relayed?.learn?.(route, Buffer.concat(this.#copy))
    if (learned instanceof Promise) void learned.then(() => this.#end())
    else this.#end()
  }

  broke(): boolean {
    return false
  }

  abandoned(): void {
    this.#isAbandoned = true
  }

  #end(): void {
    if (this.#isAbandoned) return
    const last = this.#copy?.at(-1)
    if (last !== undefined) this.#outlet.write(last)
    this.#outlet.finish()
  }

  #start(): void {
    if (this.#hasStarted) return
    this.#hasStarted = true
    this.#outlet.start(this.#headers)
    if (this.#call.prepared.isStream) this.#outlet.contentCame()
  }
}
