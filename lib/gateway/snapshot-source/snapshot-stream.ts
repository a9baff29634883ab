import { setImmediate as nextTurn } from 'node:timers/promises'
import { SnapshotEventReader } from '@/lib/gateway/snapshot-source/snapshot-event-reader.ts'
import type { FullJitter } from '@/lib/platform/full-jitter.ts'
import { HeldStream } from '@/lib/platform/held-stream.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'

export interface SnapshotStreamOptions {
  readonly consoleUrl: string
  readonly gatewayId: string
  readonly nodeId: string
  readonly nodeToken: string
  readonly logger: Logger
  onOpen(): void
  /** See `SnapshotEventReader`. */
  known(line: string): string
  onSnapshot(lines: SnapshotLines): void
  readonly jitter?: FullJitter
  readonly silenceMs?: number
}

/** A snapshot that comes faster than it is read must not keep requests waiting. */
const turnMs = 1

/** The console's stream of snapshots. */
export class SnapshotStream {
  readonly #stream: HeldStream

  constructor({
    consoleUrl,
    gatewayId,
    nodeId,
    logger,
    known,
    onSnapshot,
    ...options
  }: SnapshotStreamOptions) {
    const url = new URL('/api/node/snapshots', consoleUrl)
    url.searchParams.set('gatewayId', gatewayId)
    url.searchParams.set('nodeId', nodeId)
    this.#stream = new HeldStream({
      ...options,
      url,
      carries: 'snapshots',
      onTrouble: (reason) => logger.warn({ reason }, 'no snapshots from the console; serving the last one'),
      read: async (body, arrived) => {
        const reader = new SnapshotEventReader({ known, onEvent: arrived, onSnapshot })
        let turnEnd = performance.now() + turnMs
        for await (const bytes of body) {
          reader.feed(bytes)
          if (performance.now() < turnEnd) continue
          await nextTurn()
          turnEnd = performance.now() + turnMs
        }
      },
    })
  }

  /** Resolves after `stop`. */
  run(): Promise<void> {
    return this.#stream.run()
  }

  stop(): void {
    this.#stream.stop()
  }
}
