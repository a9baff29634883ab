import type { AnswerOutlet, AnswerSink } from '@/lib/gateway/stages/model-call/answer-sink.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import type { AnswerStream } from '@/lib/protocols/answer-stream.ts'

/** What is kept back for a first content that may not come in time. */
const heldBytesMax = 1_048_576

/**
 * A streamed answer, in the caller's format chunk by chunk. Where the service speaks that format itself, its bytes pass
 * as they are, and are read along only until the first content.
 */
export class StreamSink implements AnswerSink {
  readonly #call: ModelCall
  readonly #outlet: AnswerOutlet
  readonly #headers: readonly string[]
  readonly #isRelay: boolean
  /** Null once it needs no more reading. */
  #stream: AnswerStream | null
  /** Null once the head is out. */
  #held: Buffer[] | null = []
  #heldBytes = 0
  #hasContent = false

  constructor(call: ModelCall, outlet: AnswerOutlet, stream: AnswerStream, headers: readonly string[]) {
    this.#call = call
    this.#outlet = outlet
    this.#stream = stream
    this.#headers = headers
    this.#isRelay = call.prepared.reading.isRelay
    if (call.firstPacketTimeoutMs === 0) this.#start()
  }

  take(chunk: Buffer): boolean {
    const stream = this.#stream
    if (stream === null) return this.#outlet.write(chunk)
    const out = stream.push(chunk)
    if (stream.hasContent && !this.#hasContent) {
      this.#hasContent = true
      this.#outlet.contentCame()
    }
    if (this.#held !== null && (stream.hasContent || stream.isDone || stream.failure !== null)) this.#start()
    const hasRoom = out === null || this.#send(out)
    if (this.#isRelay) {
      if (stream.hasContent || stream.isDone || stream.failure !== null) this.#readNoMore(stream)
    } else if (stream.isDone) this.#finish(stream)
    return hasRoom
  }

  complete(): void {
    if (this.#held !== null) this.#start()
    const stream = this.#stream
    if (stream !== null) this.#finish(stream)
    else this.#outlet.finish()
  }

  /** In a stream that is converted, the caller is told in its own protocol; half of one that passes is just broken. */
  broke(): boolean {
    const stream = this.#stream
    if (this.#isRelay || stream === null || this.#held !== null) return false
    this.#finish(stream)
    return true
  }

  #finish(stream: AnswerStream): void {
    const out = stream.isDone ? null : stream.end()
    if (out !== null) this.#send(out)
    this.#readNoMore(stream)
    this.#outlet.finish()
  }

  #readNoMore({ usage, failure, dropped }: AnswerStream): void {
    const { notes } = this.#call
    // Of a stream that goes on unread the last word on usage is still to come.
    if (!this.#isRelay && usage !== null) notes.usage = { input: usage.input, output: usage.output }
    if (failure !== null) notes.failure = failure
    if (dropped.length > 0) notes.dropped = [...new Set([...notes.dropped, ...dropped])]
    this.#stream = null
  }

  #start(): void {
    const held = this.#held ?? []
    this.#held = null
    this.#outlet.start(this.#headers)
    for (const chunk of held) this.#outlet.write(chunk)
  }

  #send(chunk: Buffer): boolean {
    if (this.#held === null) return this.#outlet.write(chunk)
    this.#held.push(chunk)
    this.#heldBytes += chunk.length
    if (this.#heldBytes > heldBytesMax) this.#start()
    return true
  }
}
