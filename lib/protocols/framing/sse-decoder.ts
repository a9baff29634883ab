import { StringDecoder } from 'node:string_decoder'
import { createParser, type EventSourceParser } from 'eventsource-parser'
import type { Frame } from '@/lib/protocols/codec.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'

/**
 * Server-sent events (WHATWG HTML 9.2.6) from bytes. An event without the blank line after it is still taken when the
 * stream ends: several providers leave it out after their last one.
 */
export class SseDecoder {
  readonly #text = new StringDecoder('utf8')
  readonly #parser: EventSourceParser
  #frames: Frame[] = []
  #isFirst = true
  #isTooLarge = false

  /** `charactersMax` bounds what is kept of an event that has not ended. */
  constructor(charactersMax: number) {
    this.#parser = createParser({
      maxBufferSize: charactersMax,
      onEvent: ({ event, data }) => {
        this.#frames.push({ event: event ?? null, data })
      },
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') this.#isTooLarge = true
      },
    })
  }

  push(chunk: Uint8Array): readonly Frame[] {
    return this.#feed(this.#text.write(chunk))
  }

  end(): readonly Frame[] {
    return this.#feed(`${this.#text.end()}\n\n`)
  }

  #feed(decoded: string): readonly Frame[] {
    let text = decoded
    if (this.#isFirst && text !== '') {
      this.#isFirst = false
      if (text.charCodeAt(0) === byteOrderMark) text = text.slice(1)
    }
    if (!this.#isTooLarge && text !== '') this.#parser.feed(text)
    if (this.#isTooLarge) throw new ProtocolError('An event of the stream is too large.')
    const frames = this.#frames
    if (frames.length > 0) this.#frames = []
    return frames
  }
}

const byteOrderMark = 0xfeff
