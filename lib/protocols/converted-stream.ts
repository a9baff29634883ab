import type { AnswerFilter } from './answer-filter.ts'
import type { AnswerStream } from './answer-stream.ts'
import type { ProtocolFailure, StreamEvent, Usage } from './canonical.ts'
import type { AnswerContext, CallerCodec, Frame, ServiceCodec, StreamReader, StreamWriter } from './codec.ts'
import { DroppedFields } from './dropped-fields.ts'
import { createFrameDecoder } from './framing/create-frame-decoder.ts'
import type { FrameDecoder } from './framing/frame-decoder.ts'
import type { FrameEncoder } from './framing/frame-encoder.ts'
import { ProtocolError } from './protocol-error.ts'
import { brokenStream, StreamFacts } from './stream-facts.ts'

/** What streams of one conversion have in common. */
export interface StreamParts {
  readonly service: ServiceCodec
  readonly caller: CallerCodec
  readonly encode: FrameEncoder
}

/** Bytes of the service's format to bytes of the caller's. */
export class ConvertedStream implements AnswerStream {
  readonly #decoder: FrameDecoder
  readonly #reader: StreamReader
  readonly #writer: StreamWriter
  readonly #encode: FrameEncoder
  readonly #filter: AnswerFilter | null
  readonly #dropped = new DroppedFields()
  readonly #facts = new StreamFacts()

  constructor({ service, caller, encode }: StreamParts, context: AnswerContext, filter: AnswerFilter | null) {
    this.#decoder = createFrameDecoder(service.framing)
    this.#reader = service.streamReader()
    this.#writer = caller.streamWriter(context, this.#dropped)
    this.#encode = encode
    this.#filter = filter
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
  get dropped(): readonly string[] {
    return this.#dropped.names
  }

  get isCut(): boolean {
    return this.#filter?.hasCut ?? false
  }

  push(chunk: Buffer): Buffer | null {
    return this.#convert((frames) => this.#read(this.#decoder.push(chunk), frames))
  }

  end(): Buffer | null {
    return this.#convert((frames) => {
      this.#read(this.#decoder.end(), frames)
      if (!this.#facts.isDone) this.#write(this.#reader.end(), frames)
    })
  }

  released(): Buffer | null {
    return this.#convert((frames) => {
      for (const event of this.#filter?.released?.() ?? []) this.#emit(event, frames)
    })
  }

  #convert(step: (frames: Frame[]) => void): Buffer | null {
    if (this.#facts.isDone) return null
    const frames: Frame[] = []
    try {
      step(frames)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.#write([{ type: 'error', failure: brokenStream(error.message) }, { type: 'end' }], frames)
    }
    return frames.length === 0 ? null : this.#encode(frames)
  }

  #read(received: readonly Frame[], frames: Frame[]): void {
    for (const frame of received) {
      if (this.#facts.isDone) return
      this.#write(this.#reader.read(frame), frames)
    }
  }

  #write(events: readonly StreamEvent[], frames: Frame[]): void {
    for (const event of events) {
      if (this.#facts.isDone) return
      if (this.#filter === null) this.#emit(event, frames)
      else this.#emitFiltered(this.#filter, event, frames)
    }
  }

  /** What is held back has come all the same. */
  #emitFiltered(filter: AnswerFilter, event: StreamEvent, frames: Frame[]): void {
    for (const passed of filter.pass(event)) this.#emit(passed, frames)
    if (event.type !== 'end' || filter.released === undefined) this.#facts.add(event)
  }

  #emit(event: StreamEvent, frames: Frame[]): void {
    this.#facts.add(event)
    for (const frame of this.#writer.write(event)) frames.push(frame)
  }
}
