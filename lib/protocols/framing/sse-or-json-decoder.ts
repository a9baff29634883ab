import type { Frame } from '@/lib/protocols/codec.ts'
import type { FrameDecoder } from './frame-decoder.ts'
import { JsonObjectsDecoder } from './json-objects-decoder.ts'
import { SseDecoder } from './sse-decoder.ts'

/**
 * Server-sent events, or what is sent in their place: an array of chunks (Gemini without `alt=sse`), or an error as one
 * object in an answer of 200 (Tencent Cloud). No event stream begins with a bracket, so the first character tells.
 */
export class SseOrJsonDecoder implements FrameDecoder {
  readonly #charactersMax: number
  #decoder: FrameDecoder | null = null

  constructor(charactersMax: number) {
    this.#charactersMax = charactersMax
  }

  push(chunk: Uint8Array): readonly Frame[] {
    this.#decoder ??= this.#decoderFor(chunk)
    return this.#decoder?.push(chunk) ?? []
  }

  end(): readonly Frame[] {
    return this.#decoder?.end() ?? []
  }

  /** Null while there were only spaces and line breaks, which say nothing in either form. */
  #decoderFor(chunk: Uint8Array): FrameDecoder | null {
    const first = chunk.find((byte) => byte > space)
    if (first === undefined) return null
    return first === openBracket || first === openBrace
      ? new JsonObjectsDecoder(this.#charactersMax)
      : new SseDecoder(this.#charactersMax)
  }
}

const space = 0x20
const openBracket = 0x5b
const openBrace = 0x7b
