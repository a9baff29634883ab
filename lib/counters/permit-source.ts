/** A node asks for permits in blocks, so that a block is asked for far less often than a request comes. */
export interface PermitRequest {
  readonly key: string
  readonly limit: number
  readonly windowMs: number
  /** For requests that wait or are about to come; 0 while none is in sight. */
  readonly needed: number
  /** What would last for a while, at least `needed`. Given only while the window is far from full. */
  readonly wished: number
}

/**
 * Permits for `permits` admissions in the slots `from` to `through`, counted as if all were used in `through`. Slots
 * are numbered from the epoch, a twentieth of the window each. Fewer than needed: the window is full in slot `from`.
 */
export interface PermitBlock {
  readonly permits: number
  readonly from: number
  readonly through: number
}

/** What became of a block: `used` of its permits, the last one in slot `lastUsed`; the others are given back. */
export interface Settlement {
  readonly key: string
  readonly permits: number
  readonly through: number
  readonly used: number
  readonly lastUsed: number
}

/** Admissions without permits: the counts of the slots `from`, `from + 1`, … */
export interface Spending {
  readonly key: string
  readonly windowMs: number
  readonly from: number
  readonly counts: readonly number[]
}

/** Something that holds a block and must look at it when its time is over. */
export interface BlockHolder {
  /** False once it holds nothing. */
  sweep(now: number): boolean
  /** What it admitted from `since` (milliseconds since the epoch) on; null for nothing. */
  spendingSince(since: number, now: number): Spending | null
}

/** Whoever owns the exact windows of all processes: a coordinator beside them, or a store on the network. */
export interface PermitSource {
  /**
   * Null: permits are to be asked for. A number: this share of each limit is admitted without asking, because no
   * other process admits anything (1), or because the owner does not answer.
   */
  readonly localShare: number | null
  /** Never rejects; a source that cannot answer gives an empty block and sets `localShare`. */
  acquire(request: PermitRequest): Promise<PermitBlock>
  /** Sent when convenient. One that gets lost costs permits, never exactness. */
  settle(settlement: Settlement): void
  /** The holder has a block; the source sweeps it at least once per slot until it has none. */
  watch(holder: BlockHolder): void
  /** Called before `localShare` becomes null, with the time since which it was a number. */
  onShared: (since: number) => readonly Spending[]
}
