import type { MessageHeaders } from '@smithy/eventstream-codec'
import type { Frame } from '@/lib/protocols/codec.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { awsMessageCodec } from './aws-message-codec.ts'

/** Messages of `application/vnd.amazon.eventstream` from bytes, each with both checksums checked. */
export class AwsEventStreamDecoder {
  readonly #bytesMax: number
  #chunks: Buffer[] = []
  #bytes = 0
  /** Of the message that has begun; null before its length is known. */
  #needed: number | null = null

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  push(chunk: Uint8Array): readonly Frame[] {
    if (chunk.byteLength === 0) return []
    this.#chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    this.#bytes += chunk.byteLength
    if (this.#bytes < (this.#needed ?? lengthBytes)) return []
    return this.#takeMessages(
      this.#chunks.length === 1 ? (this.#chunks[0] ?? nothing) : Buffer.concat(this.#chunks),
    )
  }

  /** Half a message holds nothing to act on. */
  end(): readonly Frame[] {
    this.#keep(nothing)
    return []
  }

  #takeMessages(bytes: Buffer): readonly Frame[] {
    const frames: Frame[] = []
    let at = 0
    this.#needed = null
    while (bytes.length - at >= lengthBytes) {
      const length = bytes.readUInt32BE(at)
      if (length < messageBytesMin)
        throw new ProtocolError('A message of the event stream has a wrong length.')
      if (length > this.#bytesMax) throw new ProtocolError('A message of the event stream is too large.')
      if (bytes.length - at < length) {
        this.#needed = length
        break
      }
      frames.push(decodeMessage(bytes.subarray(at, at + length)))
      at += length
    }
    this.#keep(bytes.subarray(at))
    return frames
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length === 0 ? [] : [rest]
    this.#bytes = rest.length
  }
}

const nothing = Buffer.alloc(0)
const lengthBytes = 4
/** Prelude of 12 bytes and the checksum after the message. */
const messageBytesMin = 16

function decodeMessage(bytes: Buffer): Frame {
  const { headers, body } = checked(bytes)
  const data = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  switch (text(headers, ':message-type')) {
    case 'exception':
      return { event: text(headers, ':exception-type') ?? 'unknownException', data }
    case 'error':
      // Readers tell errors from events by this ending.
      return {
        event: `${text(headers, ':error-code') ?? 'unknown'}Exception`,
        data: JSON.stringify({ message: text(headers, ':error-message') ?? '' }),
      }
    default:
      return { event: text(headers, ':event-type'), data }
  }
}

function checked(bytes: Buffer) {
  try {
    return awsMessageCodec.decode(bytes)
  } catch (error) {
    throw new ProtocolError(`A message of the event stream is damaged: ${(error as Error).message}`)
  }
}

function text(headers: MessageHeaders, name: string): string | null {
  const header = headers[name]
  return header?.type === 'string' ? header.value : null
}
