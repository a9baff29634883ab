/** Networks of one prefix length, hashed with open addressing into flat memory that is at most half full. */
export class PrefixTable {
  readonly #wordCount: number
  readonly #mask: Int32Array
  readonly #networks: Int32Array
  readonly #isUsed: Uint8Array
  readonly #lastSlot: number

  constructor(bits: number, wordCount: 1 | 4, networks: readonly Int32Array[]) {
    this.#wordCount = wordCount
    this.#mask = maskOf(bits, wordCount)
    const slots = 2 ** Math.ceil(Math.log2(networks.length * 2))
    this.#lastSlot = slots - 1
    this.#networks = new Int32Array(slots * wordCount)
    this.#isUsed = new Uint8Array(slots)
    for (const network of networks) this.#add(network)
  }

  has(address: Int32Array): boolean {
    return this.#isUsed[this.#slotOf(address)] === 1
  }

  #add(network: Int32Array): void {
    const slot = this.#slotOf(network)
    this.#isUsed[slot] = 1
    for (let word = 0; word < this.#wordCount; word++) {
      this.#networks[slot * this.#wordCount + word] = this.#masked(network, word)
    }
  }

  /** Where the network of this address is, or would be. */
  #slotOf(address: Int32Array): number {
    let hash = 0
    for (let word = 0; word < this.#wordCount; word++) {
      hash = Math.imul(hash ^ this.#masked(address, word), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    let slot = hash & this.#lastSlot
    while (this.#isUsed[slot] === 1 && !this.#isAt(slot, address)) slot = (slot + 1) & this.#lastSlot
    return slot
  }

  #isAt(slot: number, address: Int32Array): boolean {
    for (let word = 0; word < this.#wordCount; word++) {
      if (this.#networks[slot * this.#wordCount + word] !== this.#masked(address, word)) return false
    }
    return true
  }

  #masked(address: Int32Array, word: number): number {
    return (address[word] as number) & (this.#mask[word] as number)
  }
}

function maskOf(bits: number, wordCount: number): Int32Array {
  return Int32Array.from({ length: wordCount }, (_, word) => {
    const left = Math.min(Math.max(bits - word * 32, 0), 32)
    // A shift by 32 would be one by 0.
    return left === 0 ? 0 : -1 << (32 - left)
  })
}
