import type { DebugEvent } from '@/lib/domain/debug.ts'

/** What may wait for a reader, before the answer itself has to wait. Bytes. */
const waitingBytesMax = 262_144

/** How long a reader may rest: whoever has vanished without a word reads no more. */
const restMsMax = 60_000

/** Whom a reader holds up, or leaves. */
export interface LinesOwner {
  drained(): void
  left(): void
}

/** Events as lines of JSON, which a reader takes at its own pace. */
export class EventLines {
  readonly stream: ReadableStream<Uint8Array>
  owner: LinesOwner | null = null
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #resting: NodeJS.Timeout | undefined

  constructor() {
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        pull: () => {
          this.#awake()
          this.owner?.drained()
        },
        cancel: () => {
          this.#awake()
          this.#controller = null
          this.owner?.left()
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: waitingBytesMax }),
    )
  }

  /** False asks to wait until there is room. */
  write(event: DebugEvent): boolean {
    const controller = this.#controller
    if (controller === null) return true
    controller.enqueue(Buffer.from(`${JSON.stringify(event)}\n`))
    if ((controller.desiredSize ?? 0) > 0) return true
    this.#resting ??= setTimeout(() => this.breakOff(), restMsMax).unref()
    return false
  }

  close(): void {
    this.#awake()
    this.#controller?.close()
    this.#controller = null
  }

  #awake(): void {
    clearTimeout(this.#resting)
    this.#resting = undefined
  }

  /** The reader sees the end; whoever tells is told to stop. */
  breakOff(): void {
    if (this.#controller === null) return
    this.close()
    this.owner?.left()
  }
}
