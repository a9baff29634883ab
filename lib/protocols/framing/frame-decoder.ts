import type { Frame, Framing } from '@/lib/protocols/codec.ts'
import { AwsEventStreamDecoder } from './aws-event-stream-decoder.ts'
import { SseOrJsonDecoder } from './sse-or-json-decoder.ts'

/** Bytes to frames, however the bytes are cut. Throws `ProtocolError`; what came before the fault is lost with it. */
export interface FrameDecoder {
  push(chunk: Uint8Array): readonly Frame[]
  /** The bytes have ended. */
  end(): readonly Frame[]
}

/** More than any event of a model, pictures included; a stream that never ends a frame ends here. */
const frameBytesMax = 16 * 1024 * 1024

export function createFrameDecoder(framing: Framing, bytesMax = frameBytesMax): FrameDecoder {
  return framing === 'sse' ? new SseOrJsonDecoder(bytesMax) : new AwsEventStreamDecoder(bytesMax)
}
