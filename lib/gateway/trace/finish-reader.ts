/** Within the texts of a model each of these quotes would be escaped. */
const finishForm = /"(?:finish_reason|stop_reason)"\s{0,16}:\s{0,16}"([\w-]{1,64})"/g
/** More than the longest match, which may be cut by the end of a frame. */
const keptBytes = 256
const nothing: Buffer = Buffer.alloc(0)

/** Reads from an answer why it ended, in the words of its protocol. */
export class FinishReader {
  reason: string | null = null
  #kept: Buffer = nothing

  push(frame: Buffer): void {
    const bytes = this.#kept.length === 0 ? frame : Buffer.concat([this.#kept, frame])
    for (const [, found] of bytes.toString('latin1').matchAll(finishForm)) this.reason = found ?? null
    this.#kept = bytes.subarray(Math.max(bytes.length - keptBytes, 0))
  }
}
