import { EventStreamCodec } from '@smithy/eventstream-codec'

/** Messages of `application/vnd.amazon.eventstream`; decoding checks both checksums. */
export const awsMessageCodec = new EventStreamCodec(
  (input) =>
    typeof input === 'string'
      ? input
      : Buffer.from(input.buffer, input.byteOffset, input.byteLength).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
)
