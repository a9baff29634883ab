import type { AnswerOutlet, AnswerSink } from '@/lib/gateway/stages/model-call/answer-sink.ts'
import type { ReadStream } from '@/lib/gateway/stages/model-call/call-reading.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import type { JudgedListener, JudgedReply } from '@/lib/gateway/stages/moderation/judged-reply.ts'
import { tokenUsage } from '@/lib/gateway/stages/observe/usage-reader.ts'
import type { AnswerStream } from '@/lib/protocols/answer-stream.ts'
import type { ProtocolFailure } from '@/lib/protocols/canonical.ts'
import type { StreamEnding } from '@/lib/protocols/stream-ending.ts'
import { brokenStream } from '@/lib/protocols/stream-facts.ts'

/** What is kept back for a first content that may not come in time. */
const heldBytesMax = 1_048_576

export interface StreamHead {
  /** As the caller gets them. */
  readonly headers: readonly string[]
  /** Of the service's answer. */
  readonly contentType: string
  /** The caller is told how many bytes come, so that none may be added. */
  readonly hasLength: boolean
}

/**
 * A streamed answer, in the caller's format chunk by chunk. Where the service speaks that format itself, its bytes pass
 * as they are, and are read along only until the first content and at the end. The head waits for the first bytes: an
 * error that comes before any content is an error for the caller too, and not an answer of 200.
 */
export class StreamSink implements AnswerSink, JudgedListener {
  readonly #call: ModelCall
  readonly #outlet: AnswerOutlet
  readonly #head: StreamHead
  readonly #isRelay: boolean
  /** Null once it needs no more reading. */
  #stream: AnswerStream | null
  /** Null once the head is out. */
  #held: Buffer[] | null = []
  #heldBytes = 0
  /** What came first, which tells a page from a stream. */
  #first: Buffer = nothing
  #hasContent = false
  /** Null: nothing is held back to be judged. */
  readonly #judged: JudgedReply | null
  #isPaused = false

  constructor(call: ModelCall, outlet: AnswerOutlet, { stream, judged }: ReadStream, head: StreamHead) {
    this.#call = call
    this.#outlet = outlet
    this.#stream = stream
    this.#judged = judged
    if (judged !== null) judged.listener = this
    this.#head = head
    this.#isRelay = call.prepared.reading.isRelay
  }

  take(chunk: Buffer): boolean {
    const stream = this.#stream
    if (stream === null) return this.#outlet.write(chunk)
    if (this.#held !== null && this.#first.length === 0) this.#first = chunk
    const out = stream.push(chunk)
    if (stream.hasContent && !this.#hasContent) {
      this.#hasContent = true
      this.#outlet.contentCame()
    }
    if (this.#held !== null) {
      if (stream.failure !== null && !stream.hasContent) {
        this.#fail(stream.failure)
        return true
      }
      if (stream.hasContent || stream.isDone || this.#needsNoContent(chunk, out)) this.#start()
    }
    const hasRoom = out === null || this.#send(out)
    if (this.#isRelay) {
      if (stream.hasContent || stream.isDone || stream.failure !== null) this.#readNoMore(stream)
    } else if (stream.isDone) this.#finish(stream)
    if (this.#judged === null) return hasRoom
    this.#isPaused = this.#judged.isFull
    return hasRoom && !this.#isPaused
  }

  /** Something of what was held back may go on. */
  judged(): void {
    const stream = this.#stream
    if (stream === null) return
    const out = stream.released?.() ?? null
    if (out !== null) this.#send(out)
    if (stream.isDone) this.#finish(stream)
    else if (this.#isPaused && this.#judged?.isFull === false) {
      this.#isPaused = false
      this.#outlet.resume()
    }
  }

  abandoned(): void {
    this.#judged?.leave()
  }

  complete(): void {
    const stream = this.#stream
    if (stream !== null) {
      if (this.#judged === null) this.#finish(stream)
      else this.#finishJudged(stream)
      return
    }
    const { notes } = this.#call
    const ending = this.#isRelay && notes.failure === null ? this.#ending() : null
    if (ending?.failure != null) notes.failure = ending.failure
    else if (ending?.isWhole === false) this.#addError(ending)
    this.#outlet.finish()
  }

  /** A caller whose answer has begun is told in its own protocol. */
  broke(): boolean {
    if (this.#held !== null) return false
    const stream = this.#stream
    if (!this.#isRelay && stream !== null) {
      if (this.#judged === null) this.#finish(stream)
      else this.#finishJudged(stream)
      return true
    }
    const ending = this.#ending()
    if (ending === null || this.#head.hasLength) return false
    if (!ending.isWhole) this.#addError(ending)
    this.#outlet.finish()
    return true
  }

  /** What is still held back goes on, or not, when it is judged. */
  #finishJudged(stream: AnswerStream): void {
    const out = stream.end()
    if (out !== null) this.#send(out)
    const { notes } = this.#call
    if (stream.failure !== null) notes.failure = stream.failure
    if (stream.isDone) this.#finish(stream)
  }

  #finish(stream: AnswerStream): void {
    const hadFailed = stream.failure !== null
    const out = stream.isDone ? null : stream.end()
    if (this.#held !== null) {
      if (stream.failure !== null && !stream.hasContent) {
        this.#fail(stream.failure)
        return
      }
      this.#start()
    }
    if (out !== null) this.#send(out)
    this.#readNoMore(stream)
    if (this.#isRelay && !hadFailed && stream.failure !== null) this.#addError(this.#ending())
    if (stream.isCut) this.#outlet.cut()
    else this.#outlet.finish()
  }

  /** Nothing has gone out yet. */
  #fail(failure: ProtocolFailure): void {
    const { contentType } = this.#head
    this.#stream = null
    this.#outlet.fail({ status: 200, body: undefined, bytes: this.#first, contentType, failure })
  }

  /** What looks like no event stream may still turn out to be a page, or an error in one piece. */
  #needsNoContent(chunk: Buffer, out: Buffer | null): boolean {
    if (this.#call.firstPacketTimeoutMs > 0) return false
    return this.#isRelay
      ? this.#heldBytes === 0 && !notEvents.test(chunk.toString('latin1', 0, 64))
      : out !== null
  }

  #ending(): StreamEnding | null {
    const { observation, prepared } = this.#call
    const { tail } = observation
    return tail === null ? null : (prepared.reading.events?.ending(tail) ?? null)
  }

  /** Half an event that came before ends here. */
  #addError(ending: StreamEnding | null): void {
    const { prepared, context, notes } = this.#call
    notes.failure ??= brokenStream('The stream of the service ended before the answer was complete.')
    const { events } = prepared.reading
    if (events === null || ending === null || this.#head.hasLength) return
    if (!ending.isBetweenEvents) this.#outlet.write(eventEnd)
    this.#outlet.write(events.errorEvent(notes.failure, context))
  }

  #readNoMore({ usage, failure, dropped }: AnswerStream): void {
    const { notes } = this.#call
    // Of a stream that goes on unread the last word on usage is still to come.
    if (!this.#isRelay && usage !== null) notes.usage = tokenUsage(usage)
    if (failure !== null) notes.failure = failure
    if (dropped.length > 0) notes.dropped = [...new Set([...notes.dropped, ...dropped])]
    this.#stream = null
  }

  #start(): void {
    const held = this.#held ?? []
    this.#held = null
    this.#first = nothing
    this.#outlet.start(this.#head.headers)
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

const nothing: Buffer = Buffer.alloc(0)
const eventEnd = Buffer.from('\n\n')
/** How HTML and JSON begin, and no field of an event does. */
const notEvents = /^\s*(?:[<{[]|$)/
