import { requestBody, type Target } from './peers/peer.ts'
import { openRaw, rawRequest } from './raw-request.ts'
import { StreamReader } from './stream-reader.ts'

export interface LeavingOptions {
  readonly streams: number
  readonly chunksPerSecond: number
}

/** How long a caller listens before it leaves. */
const staysMs = { least: 2_000, most: 40_000 }
/** Callers that ask and leave at once. */
const leaversPerSecond = 5

/** Streams whose callers leave in the middle and are followed by others, and callers who do not wait for an answer. */
export class LeavingClients {
  readonly #target: { readonly json: Target; readonly stream: Target }
  readonly #options: LeavingOptions
  readonly #reader: StreamReader

  constructor(target: { readonly json: Target; readonly stream: Target }, options: LeavingOptions) {
    this.#target = target
    this.#options = options
    this.#reader = new StreamReader(target.stream, options.chunksPerSecond)
  }

  get events(): number {
    return this.#reader.figures.events
  }

  get broken(): number {
    return this.#reader.figures.broken
  }

  reset(): void {
    this.#reader.reset()
  }

  async start(): Promise<void> {
    for (let count = 0; count < this.#options.streams; count++) await this.#listen()
    const request = rawRequest(this.#target.json, requestBody)
    setInterval(() => void this.#askAndLeave(request), 1000 / leaversPerSecond)
  }

  async #listen(): Promise<void> {
    const leave = await this.#reader.openOne()
    const stays = staysMs.least + Math.random() * (staysMs.most - staysMs.least)
    setTimeout(() => {
      leave()
      void this.#listen()
    }, stays)
  }

  async #askAndLeave(request: Buffer): Promise<void> {
    const socket = await openRaw(this.#target.json.origin, () => {})
    socket.on('error', () => {})
    socket.write(request, () => socket.destroy())
  }
}
