import type { Frame, Framing } from '@/lib/protocols/codec.ts'
import { awsMessageCodec } from './aws-message-codec.ts'

/** Frames to bytes; empty for none. */
export type FrameEncoder = (frames: readonly Frame[]) => Buffer

export function frameEncoderOf(framing: Framing): FrameEncoder {
  return framing === 'sse' ? encodeSse : encodeAwsEventStream
}

/** What a browser's EventSource reads. */
export function encodeSse(frames: readonly Frame[]): Buffer {
  let text = ''
  for (const { event, data } of frames) {
    if (event !== null) text += `event: ${event}\n`
    text += lineBreak.test(data) ? `data: ${data.split(lineBreak).join('\ndata: ')}\n\n` : `data: ${data}\n\n`
  }
  return Buffer.from(text, 'utf8')
}

const lineBreak = /\r\n|\r|\n/

export function encodeAwsEventStream(frames: readonly Frame[]): Buffer {
  return Buffer.concat(frames.map(encodeMessage))
}

function encodeMessage({ event, data }: Frame): Uint8Array {
  const isException = event?.endsWith('Exception') ?? false
  const kind = isException ? 'exception' : 'event'
  return awsMessageCodec.encode({
    headers: {
      ...(event === null ? {} : { [`:${kind}-type`]: { type: 'string', value: event } }),
      ':content-type': { type: 'string', value: 'application/json' },
      ':message-type': { type: 'string', value: kind },
    },
    body: Buffer.from(data, 'utf8'),
  })
}
