/** Who keeps the connections to one origin, as one of them sees it. */
export interface ConnectionOwner<Connection> {
  /** Counts up with time; see `tickMs`. */
  readonly tick: number
  readonly idleTicks: number
  /** How long a connection may idle whose peer closes it after `keepAliveSeconds`. */
  idleTicksFor(keepAliveSeconds: number | null): number
  /** The connection is ready for its next request. */
  release(connection: Connection): void
  /** The connection is of no use any more. */
  forget(connection: Connection): void
}
