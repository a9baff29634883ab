const unknown = -(2 ** 31)
const pageBits = 7
const pageSize = 1 << pageBits

/** What is to know of a code point as one number, computed when it is first asked for. Bounded by Unicode: 4 MiB at most. */
export class CodePointTable {
  readonly #compute: (codePoint: number) => number
  readonly #pages: (Int32Array | undefined)[] = new Array(0x10000 >> pageBits).fill(undefined)
  readonly #beyond = new Map<number, number>()

  /** `compute` must not answer the lowest 32-bit integer. */
  constructor(compute: (codePoint: number) => number) {
    this.#compute = compute
  }

  of(codePoint: number): number {
    if (codePoint >= 0x10000) return this.#ofBeyond(codePoint)
    const page = this.#pages[codePoint >> pageBits] ?? this.#addPage(codePoint >> pageBits)
    const value = page[codePoint & (pageSize - 1)] as number
    if (value !== unknown) return value
    const computed = this.#compute(codePoint)
    page[codePoint & (pageSize - 1)] = computed
    return computed
  }

  #addPage(index: number): Int32Array {
    const page = new Int32Array(pageSize).fill(unknown)
    this.#pages[index] = page
    return page
  }

  #ofBeyond(codePoint: number): number {
    const value = this.#beyond.get(codePoint) ?? this.#compute(codePoint)
    this.#beyond.set(codePoint, value)
    return value
  }
}
