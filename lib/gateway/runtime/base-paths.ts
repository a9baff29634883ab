const slash = 47
const question = 63
/** FNV-1a, 32 bits. */
const hashStart = 0x811c9dc5
const hashPrime = 0x01000193

interface Entry<T> {
  readonly basePath: string
  readonly value: T
}

/**
 * What is published below which base path. The longest one that a URL lies under wins; a look-up walks the URL once
 * and allocates nothing, however many base paths there are.
 */
export class BasePaths<T> {
  /** At `/`. */
  #root: T | null = null
  /** By the hash of the base path. */
  readonly #byHash = new Map<number, Array<Entry<T>>>()
  #lengthMax = 0

  /** False when something is there already. `basePath`: `/`, or starts with `/` and does not end with one. */
  add(basePath: string, value: T): boolean {
    if (basePath === '/') {
      if (this.#root !== null) return false
      this.#root = value
      return true
    }
    const hash = hashOf(basePath)
    const entries = this.#byHash.get(hash) ?? []
    if (entries.some((entry) => entry.basePath === basePath)) return false
    entries.push({ basePath, value })
    this.#byHash.set(hash, entries)
    this.#lengthMax = Math.max(this.#lengthMax, basePath.length)
    return true
  }

  find(url: string): T | null {
    let found = this.#root
    if (this.#lengthMax === 0 || url.charCodeAt(0) !== slash) return found
    let hash = hashStart
    // Beyond the longest base path nothing can begin any more; its own end is one further.
    const end = Math.min(url.length, this.#lengthMax)
    for (let index = 0; index <= end; index++) {
      const code = index < url.length ? url.charCodeAt(index) : question
      if (index > 0 && (code === slash || code === question)) {
        found = this.#at(hash, index, url) ?? found
        if (code === question) return found
      }
      hash = Math.imul(hash ^ code, hashPrime)
    }
    return found
  }

  #at(hash: number, length: number, url: string): T | null {
    const entries = this.#byHash.get(hash)
    if (entries === undefined) return null
    for (const { basePath, value } of entries) {
      if (basePath.length === length && url.startsWith(basePath)) return value
    }
    return null
  }
}

function hashOf(text: string): number {
  let hash = hashStart
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), hashPrime)
  return hash
}
