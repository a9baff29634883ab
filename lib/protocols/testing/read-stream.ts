import type { StreamEvent } from '@/lib/protocols/canonical.ts'
import type { AnswerContext, CallerCodec, Frame, ServiceCodec } from '@/lib/protocols/codec.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { createFrameDecoder } from '@/lib/protocols/framing/create-frame-decoder.ts'
import { frameEncoderOf } from '@/lib/protocols/framing/frame-encoder.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { brokenStream } from '@/lib/protocols/stream-facts.ts'

export const context: AnswerContext = {
  requestId: 'req-test',
  model: 'asked-model',
  now: 1_700_000_000,
  streamUsage: true,
}

/** The events of a whole stream, with a stream that cannot be read as the error it becomes. */
export function readStream(codec: ServiceCodec, chunks: readonly Uint8Array[]): StreamEvent[] {
  const decoder = createFrameDecoder(codec.framing)
  const reader = codec.streamReader()
  const events: StreamEvent[] = []
  const read = (frames: readonly Frame[]) => {
    for (const frame of frames) if (events.at(-1)?.type !== 'end') events.push(...reader.read(frame))
  }
  try {
    for (const chunk of chunks) read(decoder.push(chunk))
    read(decoder.end())
    if (events.at(-1)?.type !== 'end') events.push(...reader.end())
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    events.push({ type: 'error', failure: brokenStream(error.message) }, { type: 'end' })
  }
  return events
}

export function writeStream(
  codec: CallerCodec,
  events: readonly StreamEvent[],
  dropped = new DroppedFields(),
  answer = context,
): Buffer {
  const writer = codec.streamWriter(answer, dropped)
  return frameEncoderOf(codec.framing)(events.flatMap((event) => [...writer.write(event)]))
}
