/** What this node may take of one limit at the moment. */
export interface NodeShare {
  readonly now: number
}

/**
 * Limits that the nodes of one gateway on this host divide among themselves, rounded up: each node counts for itself,
 * and all of them together stay within the limit, or one each where it is smaller than the number of nodes.
 */
export class NodeShares {
  #nodes = 1
  /** By the whole limit. Limits are numbers that people choose, so they stay few. */
  readonly #shares = new Map<number, { now: number }>()

  /** `whole` may be infinite. The same object for the same limit. */
  of(whole: number): NodeShare {
    const known = this.#shares.get(whole)
    if (known !== undefined) return known
    const share = { now: shareOf(whole, this.#nodes) }
    this.#shares.set(whole, share)
    return share
  }

  /** From 1 up. All shares that were given out follow. */
  divideAmong(nodes: number): void {
    this.#nodes = nodes
    for (const [whole, share] of this.#shares) share.now = shareOf(whole, nodes)
  }
}

function shareOf(whole: number, nodes: number): number {
  return Math.ceil(whole / nodes)
}
