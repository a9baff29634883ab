import { StringDecoder } from 'node:string_decoder'
import type { Frame } from '@/lib/protocols/codec.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'

/** The objects of a JSON array as soon as each is whole, or one object alone. What stands between them is not checked. */
export class JsonObjectsDecoder {
  readonly #charactersMax: number
  readonly #text = new StringDecoder('utf8')
  /** Of the object that has begun. */
  #kept = ''
  #depth = 0
  #isInString = false
  #isEscaped = false

  constructor(charactersMax: number) {
    this.#charactersMax = charactersMax
  }

  push(chunk: Uint8Array): readonly Frame[] {
    return this.#feed(this.#text.write(chunk))
  }

  /** Half an object holds nothing to act on. */
  end(): readonly Frame[] {
    return this.#feed(this.#text.end())
  }

  #feed(text: string): readonly Frame[] {
    const frames: Frame[] = []
    let start = 0
    for (let at = 0; at < text.length; at++) {
      const character = text.charCodeAt(at)
      if (this.#isInString) this.#readInString(character)
      else if (character === openBrace) {
        if (this.#depth === 0) start = at
        this.#depth++
      } else if (character === quote) this.#isInString = this.#depth > 0
      else if (character === closeBrace && this.#depth > 0) {
        this.#depth--
        if (this.#depth > 0) continue
        frames.push({ event: null, data: this.#kept + text.slice(start, at + 1) })
        this.#kept = ''
      }
    }
    if (this.#depth > 0) this.#kept += text.slice(start)
    if (this.#kept.length > this.#charactersMax) {
      throw new ProtocolError('An object of the stream is too large.')
    }
    return frames
  }

  #readInString(character: number): void {
    if (this.#isEscaped) this.#isEscaped = false
    else if (character === backslash) this.#isEscaped = true
    else if (character === quote) this.#isInString = false
  }
}

const openBrace = 0x7b
const closeBrace = 0x7d
const quote = 0x22
const backslash = 0x5c
