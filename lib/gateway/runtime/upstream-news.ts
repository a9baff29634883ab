/**
 * Which services of the AI gateway have something new to say of their keys or their discovery. What it is, reports
 * read when they are written.
 */
export class UpstreamNews {
  readonly #changed = new Set<string>()
  /** Grows whenever a service goes, which no list of changes can tell. */
  removals = 0
  /** Called on every change. */
  onChange: () => void = () => {}

  get isEmpty(): boolean {
    return this.#changed.size === 0
  }

  note(serviceId: string): void {
    this.#changed.add(serviceId)
    this.onChange()
  }

  /** Still to be told, though not yet. */
  keep(serviceId: string): void {
    this.#changed.add(serviceId)
  }

  remove(serviceId: string): void {
    this.#changed.delete(serviceId)
    this.removals += 1
  }

  /** Hands over what changed, up to a number of services, and forgets it. */
  take(max: number): string[] {
    const taken: string[] = []
    for (const serviceId of this.#changed) {
      if (taken.length >= max) break
      taken.push(serviceId)
      this.#changed.delete(serviceId)
    }
    return taken
  }

  /** A whole list tells all that this would add to it. */
  clear(): void {
    this.#changed.clear()
  }
}
