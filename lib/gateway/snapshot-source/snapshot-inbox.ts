import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import { decodeHead, type SnapshotHead, type SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'

/** `superseded`: a newer one came before its build had begun. */
export type Offer = 'applied' | 'unchanged' | 'stale' | 'refused' | 'superseded'

export interface Refused {
  readonly revision: number
  readonly reason: string
}

interface Waiting {
  readonly head: SnapshotHead
  readonly lines: SnapshotLines
  readonly settle: (offer: Offer) => void
}

const unknownRevision = 0

/**
 * Decides which snapshots run. The rule: what the console sends first on a connection is the truth, whatever
 * its number, because a restored database may have gone back; within a connection numbers must grow, because
 * an older one can only be late. One is built at a time; of those that come meanwhile only the newest is.
 */
export class SnapshotInbox {
  readonly #runtimes: RuntimeHolder
  readonly #clock: Clock
  readonly #onApplied: (head: SnapshotHead, lines: SnapshotLines) => void
  #runningLines: SnapshotLines = []
  #newestOfConnection: number | null = null
  #isBuilding = false
  #waiting: Waiting | null = null
  revision: number | null = null
  appliedAt: number | null = null
  /** The newest snapshot that did not build; null when the newest one runs. */
  refused: Refused | null = null

  constructor(
    runtimes: RuntimeHolder,
    clock: Clock,
    onApplied: (head: SnapshotHead, lines: SnapshotLines) => void,
  ) {
    this.#runtimes = runtimes
    this.#clock = clock
    this.#onApplied = onApplied
  }

  /** The next offer is the first of a connection. */
  connectionOpened(): void {
    this.#newestOfConnection = null
  }

  /** The text that the running snapshot has for this line, so that equal lines need not be held twice. */
  known(line: string): string {
    return this.#runtimes.current?.knownLine(line) ?? line
  }

  /** Resolves when it is decided; never rejects. */
  async offer(lines: SnapshotLines): Promise<Offer> {
    let head: SnapshotHead
    try {
      head = decodeHead(lines[0] ?? '')
    } catch (error) {
      return this.#refuse(unknownRevision, error)
    }
    if (this.#newestOfConnection !== null && head.revision <= this.#newestOfConnection) return 'stale'
    this.#newestOfConnection = head.revision
    return new Promise((settle) => {
      this.#waiting?.settle('superseded')
      this.#waiting = { head, lines, settle }
      if (!this.#isBuilding) void this.#buildWaiting()
    })
  }

  async #buildWaiting(): Promise<void> {
    this.#isBuilding = true
    while (this.#waiting !== null) {
      const { head, lines, settle } = this.#waiting
      this.#waiting = null
      settle(await this.#build(head, lines))
    }
    this.#isBuilding = false
  }

  async #build(head: SnapshotHead, lines: SnapshotLines): Promise<Offer> {
    if (areEqual(lines, this.#runningLines)) {
      this.refused = null
      return 'unchanged'
    }
    try {
      await this.#runtimes.replaceInSlices(lines)
    } catch (error) {
      return this.#refuse(head.revision, error)
    }
    this.#runningLines = lines
    this.revision = head.revision
    this.appliedAt = this.#clock.now()
    this.refused = null
    this.#onApplied(head, lines)
    return 'applied'
  }

  #refuse(revision: number, error: unknown): Offer {
    const reason = error instanceof Error ? error.message : 'The snapshot could not be read.'
    this.refused = { revision, reason }
    return 'refused'
  }
}

function areEqual(lines: SnapshotLines, others: SnapshotLines): boolean {
  return lines.length === others.length && lines.every((line, at) => line === others[at])
}
