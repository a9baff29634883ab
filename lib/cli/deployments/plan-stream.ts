import type { FullJitter } from '@/lib/platform/full-jitter.ts'
import { HeldStream, StreamRefused } from '@/lib/platform/held-stream.ts'
import { EventReader } from './event-reader.ts'

export interface PlanStreamOptions {
  readonly consoleUrl: string
  /** Secret. */
  readonly nodeToken: string
  readonly host: string
  onOpen(): void
  /** The text of a plan, as the console sent it. */
  onPlan(text: string): void
  /** The console is there and gives no plan, or one that could not be followed. Once, until it does. */
  onTrouble(reason: string): void
  readonly jitter?: FullJitter
  readonly silenceMs?: number
}

const startingStatus = 503

/** The console's stream of deployment plans. */
export class PlanStream {
  readonly #stream: HeldStream

  constructor({ consoleUrl, host, onPlan, ...options }: PlanStreamOptions) {
    const url = new URL('/api/node/deployments', consoleUrl)
    url.searchParams.set('host', host)
    this.#stream = new HeldStream({ ...options, url, carries: 'plans', isExpected, read })

    async function read(body: AsyncIterable<Buffer>, arrived: () => void) {
      // A stream whose plan cannot be followed is not well, however alive it is.
      let isFollowed = false
      const reader = new EventReader((event, data) => {
        if (event === 'plan') {
          onPlan(data)
          isFollowed = true
        }
        if (isFollowed) arrived()
      })
      for await (const bytes of body) reader.feed(bytes)
    }
  }

  /** Resolves after `stop`. */
  run(): Promise<void> {
    return this.#stream.run()
  }

  stop(): void {
    this.#stream.stop()
  }
}

/** That the console is away, or starts, is told by whoever supervises it. */
function isExpected(error: unknown): boolean {
  if (error instanceof StreamRefused) return error.status === startingStatus
  return error instanceof Error && 'code' in error
}
