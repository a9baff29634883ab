/** Of each signature its first eight bytes and until when it counts; three words. */
const words = 3
const slotsMin = 1_024
/** 24 MiB. */
const slotsMax = 2_097_152

/**
 * Signatures that were used, each as long as it could be used again. Their bytes are those of a hash under a secret, so
 * that a few of them tell signatures apart. Bounded: when as many as it holds are still good, it says that it is full.
 */
export class SeenSignatures {
  #slots = slotsMin
  #table = new Uint32Array(slotsMin * words)
  /** With those that have run out and were not replaced yet. */
  #taken = 0
  /** A table that cannot grow is not tidied before: it would be walked for each request. */
  #tidyAgainAt = 0
  readonly #slotsMax: number

  constructor(max = slotsMax) {
    this.#slotsMax = max
  }

  /** `until` and `now` in whole seconds since the epoch. */
  add(signature: Buffer, until: number, now: number): 'new' | 'seen' | 'full' {
    if (!this.#hasRoom(this.#slots) && !this.#tidy(now)) return 'full'
    const high = signature.readUInt32LE(0)
    const low = signature.readUInt32LE(4)
    let free = -1
    let at = (low & (this.#slots - 1)) * words
    for (;;) {
      const ends = this.#table[at + 2] as number
      if (ends === 0) break
      const isSame = this.#table[at] === high && this.#table[at + 1] === low
      if (isSame && ends >= now) return 'seen'
      if (free === -1 && (isSame || ends < now)) free = at
      at = (at + words) % this.#table.length
    }
    if (free === -1) {
      free = at
      this.#taken += 1
    }
    this.#table[free] = high
    this.#table[free + 1] = low
    this.#table[free + 2] = until
    return 'new'
  }

  #hasRoom(slots: number): boolean {
    return this.#taken * 4 < slots * 3
  }

  /** Leaves out what has run out, in a table of the size that the rest needs. False where there is no room then. */
  #tidy(now: number): boolean {
    if (now < this.#tidyAgainAt) return false
    const before = this.#table
    let live = 0
    for (let at = 2; at < before.length; at += words) if ((before[at] as number) >= now) live += 1
    let slots = slotsMin
    while (slots < live * 2 && slots < this.#slotsMax) slots *= 2
    this.#slots = slots
    this.#table = new Uint32Array(slots * words)
    this.#taken = live
    for (let at = 0; at < before.length; at += words) {
      if ((before[at + 2] as number) >= now) this.#place(before.subarray(at, at + words))
    }
    if (slots >= this.#slotsMax) this.#tidyAgainAt = now + 1
    return this.#hasRoom(slots)
  }

  #place(entry: Uint32Array): void {
    let at = ((entry[1] as number) & (this.#slots - 1)) * words
    while (this.#table[at + 2] !== 0) at = (at + words) % this.#table.length
    this.#table.set(entry, at)
  }
}
