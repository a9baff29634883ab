import type { Frame } from '@/lib/protocols/codec.ts'

/** Bytes to frames, however the bytes are cut. Throws `ProtocolError`; what came before the fault is lost with it. */
export interface FrameDecoder {
  push(chunk: Uint8Array): readonly Frame[]
  /** The bytes have ended. */
  end(): readonly Frame[]
}
