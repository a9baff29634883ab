import type { AnswerStream } from './answer-stream.ts'
import type { ProtocolFailure, StreamEvent, Usage } from './canonical.ts'
import type { Frame, ServiceCodec, StreamReader } from './codec.ts'
import { createFrameDecoder } from './framing/create-frame-decoder.ts'
import type { FrameDecoder } from './framing/frame-decoder.ts'
import { ProtocolError } from './protocol-error.ts'
import { brokenStream, StreamFacts } from './stream-facts.ts'

/** A stream that goes as it is and is only read along; one that cannot be read on goes on all the same. */
export class ObservedStream implements AnswerStream {
  readonly dropped = []
  readonly #decoder: FrameDecoder
  readonly #reader: StreamReader
  readonly #facts = new StreamFacts()
  #isReadable = true

  constructor(service: ServiceCodec) {
    this.#decoder = createFrameDecoder(service.framing)
    this.#reader = service.streamReader()
  }

  get usage(): Usage | null {
    return this.#facts.usage
  }
  get failure(): ProtocolFailure | null {
    return this.#facts.failure
  }
  get hasContent(): boolean {
    return this.#facts.hasContent
  }
  get isDone(): boolean {
    return this.#facts.isDone
  }
  get isCut(): boolean {
    return false
  }

  push(chunk: Buffer): Buffer {
    this.#observe(() => this.#read(this.#decoder.push(chunk)))
    return chunk
  }

  end(): null {
    this.#observe(() => {
      this.#read(this.#decoder.end())
      this.#add(this.#reader.end())
    })
    return null
  }

  #observe(step: () => void): void {
    if (!this.#isReadable || this.#facts.isDone) return
    try {
      step()
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.#isReadable = false
      this.#facts.failure ??= brokenStream(error.message)
    }
  }

  #read(frames: readonly Frame[]): void {
    for (const frame of frames) this.#add(this.#reader.read(frame))
  }

  #add(events: readonly StreamEvent[]): void {
    for (const event of events) this.#facts.add(event)
  }
}
