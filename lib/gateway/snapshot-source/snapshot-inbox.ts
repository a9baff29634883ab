import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import { decodeSnapshot } from '@/lib/snapshot/snapshot-codec.ts'

export type Offer = 'applied' | 'unchanged' | 'stale' | 'refused'

export interface Refused {
  readonly revision: number
  readonly reason: string
}

const unknownRevision = 0

/**
 * Decides which snapshots run. The rule: what the console sends first on a connection is the truth, whatever
 * its number, because a restored database may have gone back; within a connection numbers must grow, because
 * an older one can only be late.
 */
export class SnapshotInbox {
  readonly #runtimes: RuntimeHolder
  readonly #clock: Clock
  readonly #onApplied: (snapshot: GatewaySnapshot, text: string) => void
  #runningText: string | null = null
  #newestOfConnection: number | null = null
  revision: number | null = null
  appliedAt: number | null = null
  /** The newest snapshot that did not build; null when the newest one runs. */
  refused: Refused | null = null

  constructor(
    runtimes: RuntimeHolder,
    clock: Clock,
    onApplied: (snapshot: GatewaySnapshot, text: string) => void,
  ) {
    this.#runtimes = runtimes
    this.#clock = clock
    this.#onApplied = onApplied
  }

  /** The next offer is the first of a connection. */
  connectionOpened(): void {
    this.#newestOfConnection = null
  }

  offer(text: string): Offer {
    if (text === this.#runningText) {
      this.#newestOfConnection = this.revision
      this.refused = null
      return 'unchanged'
    }
    let revision = unknownRevision
    try {
      const snapshot = decodeSnapshot(text)
      revision = snapshot.revision
      if (this.#newestOfConnection !== null && revision <= this.#newestOfConnection) return 'stale'
      this.#newestOfConnection = revision
      this.#runtimes.replace(snapshot)
      this.#applied(snapshot, text)
      return 'applied'
    } catch (error) {
      this.refused = { revision, reason: reasonOf(error) }
      return 'refused'
    }
  }

  #applied(snapshot: GatewaySnapshot, text: string): void {
    this.#runningText = text
    this.revision = snapshot.revision
    this.appliedAt = this.#clock.now()
    this.refused = null
    this.#onApplied(snapshot, text)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The snapshot could not be read.'
}
