/** Which node follows which by which symbol: open addressing, so that a step is one probe or a few, and no object. */
export class EdgeTable {
  readonly #mask: number
  readonly #nodes: Int32Array
  readonly #symbols: Int32Array
  readonly #targets: Int32Array

  constructor(count: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(count, 1) * 2))
    this.#mask = size - 1
    this.#nodes = new Int32Array(size)
    this.#symbols = new Int32Array(size)
    this.#targets = new Int32Array(size)
  }

  /** `target` is not 0: that marks a free place. */
  add(node: number, symbol: number, target: number): void {
    let at = this.#placeOf(node, symbol)
    while (this.#targets[at] !== 0) at = (at + 1) & this.#mask
    this.#nodes[at] = node
    this.#symbols[at] = symbol
    this.#targets[at] = target
  }

  /** 0 where there is none. */
  find(node: number, symbol: number): number {
    let at = this.#placeOf(node, symbol)
    for (;;) {
      const target = this.#targets[at] as number
      if (target === 0 || (this.#nodes[at] === node && this.#symbols[at] === symbol)) return target
      at = (at + 1) & this.#mask
    }
  }

  #placeOf(node: number, symbol: number): number {
    const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b)
    return (mixed ^ (mixed >>> 15)) & this.#mask
  }
}
