/**
 * A value that this tab remembers over reloads, shared by all parts of the page. Storage may be switched off or full;
 * then it lasts as long as the page does.
 */
export class SessionValue<T> {
  readonly #key: string
  readonly #write: (value: T) => string
  readonly #listeners = new Set<() => void>()
  #value: T

  constructor(key: string, read: (text: string | null) => T, write: (value: T) => string) {
    this.#key = key
    this.#write = write
    this.#value = read(stored(key))
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly get = (): T => this.#value

  change(change: (value: T) => T): void {
    this.#value = change(this.#value)
    for (const listener of this.#listeners) listener()
    try {
      sessionStorage.setItem(this.#key, this.#write(this.#value))
    } catch {}
  }
}

function stored(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}
