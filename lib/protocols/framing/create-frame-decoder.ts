import type { Framing } from '@/lib/protocols/codec.ts'
import { AwsEventStreamDecoder } from './aws-event-stream-decoder.ts'
import type { FrameDecoder } from './frame-decoder.ts'
import { SseOrJsonDecoder } from './sse-or-json-decoder.ts'

/** More than any event of a model, pictures included; a stream that never ends a frame ends here. */
const frameBytesMax = 16 * 1024 * 1024

export function createFrameDecoder(framing: Framing, bytesMax = frameBytesMax): FrameDecoder {
  return framing === 'sse' ? new SseOrJsonDecoder(bytesMax) : new AwsEventStreamDecoder(bytesMax)
}
