import type { PassedListener } from '@/lib/platform/receive-listeners.ts'
import type { SnapshotHead } from '@/lib/snapshot/snapshot-codec.ts'

/** A port of this process's own, or a bound socket that a supervisor has handed over. */
export type ListenAt = { readonly host: string; readonly port: number } | { readonly handle: PassedListener }

/** One port of a node, whatever is spoken there. */
export interface Door {
  /** Open client connections. */
  readonly connections: number
  /** Resolves with the port; rejects with the system's error, such as EADDRINUSE. A socket handed over is the door's from then on. */
  open(at: ListenAt): Promise<number>
  /** Told of each snapshot as soon as it runs: also to close what is open and no longer allowed. */
  configure?(head: SnapshotHead): void
  /** Stops accepting, lets what is under way finish, and resolves when all connections are closed. */
  drain(): Promise<void>
  /** Breaks what is still open. */
  destroy(): void
}
