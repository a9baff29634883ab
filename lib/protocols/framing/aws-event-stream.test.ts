import { describe, expect, test } from 'vitest'
import type { Frame } from '@/lib/protocols/codec.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { AwsEventStreamDecoder } from './aws-event-stream-decoder.ts'
import { awsMessageCodec } from './aws-message-codec.ts'
import { encodeAwsEventStream } from './frame-encoder.ts'

const frames: Frame[] = [
  { event: 'messageStart', data: '{"role":"assistant"}' },
  { event: 'contentBlockDelta', data: '{"delta":{"text":"你好 🌍"}}' },
  { event: 'throttlingException', data: '{"message":"slow down"}' },
]

function decode(...chunks: Buffer[]): Frame[] {
  const decoder = new AwsEventStreamDecoder(1 << 20)
  const decoded = chunks.flatMap((chunk) => decoder.push(chunk))
  return [...decoded, ...decoder.end()]
}

describe('the AWS event stream', () => {
  test('is the same however its bytes are cut', () => {
    const bytes = encodeAwsEventStream(frames)
    expect(decode(bytes)).toEqual(frames)
    for (let at = 1; at < bytes.length; at++) {
      expect(decode(bytes.subarray(0, at), bytes.subarray(at))).toEqual(frames)
    }
    expect(decode(...[...bytes].map((byte) => Buffer.from([byte])))).toEqual(frames)
  })

  test('is refused with any byte of its lengths, headers, bodies or checksums changed', () => {
    const bytes = encodeAwsEventStream(frames.slice(0, 1))
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ 0x01
      const read = () => decode(damaged)
      // A longer length than was sent waits for bytes that never come.
      if (at < 4 && damaged.readUInt32BE(0) > bytes.length && damaged.readUInt32BE(0) <= 1 << 20) {
        expect(read()).toEqual([])
      } else {
        expect(read).toThrow(ProtocolError)
      }
    }
  })

  test('tells errors without a modelled exception as exceptions too', () => {
    const bytes = awsMessageCodec.encode({
      headers: {
        ':message-type': { type: 'string', value: 'error' },
        ':error-code': { type: 'string', value: 'InternalFailure' },
        ':error-message': { type: 'string', value: 'It broke.' },
      },
      body: new Uint8Array(),
    })
    expect(decode(Buffer.from(bytes))).toEqual([
      { event: 'InternalFailureException', data: '{"message":"It broke."}' },
    ])
  })

  test('is refused at the length of a message that is too large, before its bytes are kept', () => {
    const decoder = new AwsEventStreamDecoder(1000)
    expect(() => decoder.push(Buffer.from([0, 0, 4, 0]))).toThrow(ProtocolError)
    expect(() => new AwsEventStreamDecoder(1000).push(Buffer.from([0, 0, 0, 3]))).toThrow(ProtocolError)
  })
})
