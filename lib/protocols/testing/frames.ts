import * as fc from 'fast-check'
import type { Frame, ServiceCodec } from '@/lib/protocols/codec.ts'
import { createFrameDecoder } from '@/lib/protocols/framing/create-frame-decoder.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { mutated } from './mutated.ts'

/** The frames of a recorded stream, with one of them changed or replaced. */
export function damagedFrames(
  codec: ServiceCodec,
  streams: readonly Buffer[],
): fc.Arbitrary<readonly Frame[]> {
  const recorded = streams.map((bytes) => framesOf(codec, bytes))
  const garbage = fc.record({ event: fc.option(fc.string()), data: fc.oneof(fc.string(), fc.json()) })
  return fc
    .constantFrom(...recorded)
    .chain((frames) =>
      fc
        .nat({ max: frames.length - 1 })
        .chain((at) => fc.oneof(garbage, mutatedFrame(frames[at])).map((frame) => frames.with(at, frame))),
    )
}

function framesOf(codec: ServiceCodec, bytes: Buffer): Frame[] {
  const decoder = createFrameDecoder(codec.framing)
  return [...decoder.push(bytes), ...decoder.end()]
}

function mutatedFrame(frame: Frame | undefined): fc.Arbitrary<Frame> {
  const event = frame?.event ?? null
  let body: JsonObject
  try {
    body = JSON.parse(frame?.data ?? '') as JsonObject
  } catch {
    return fc.string().map((data) => ({ event, data }))
  }
  return mutated(body).map((changed) => ({ event, data: JSON.stringify(changed) }))
}
