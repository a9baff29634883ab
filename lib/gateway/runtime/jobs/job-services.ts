/** Of one API. What was made before so many other things is asked about where new things are made. */
const idsMax = 10_000
const idLengthMax = 256

/**
 * Which service made what: tasks, files, batches, fine-tuning jobs, workflows of one API. A later call about one of them
 * makes sense at that service alone. Kept in memory, the last ones only.
 */
export class JobServices {
  /** In the order in which they were last used. */
  readonly #serviceIds = new Map<string, string>()

  get size(): number {
    return this.#serviceIds.size
  }

  remember(id: string, serviceId: string): void {
    if (id === '' || id.length > idLengthMax) return
    this.#serviceIds.delete(id)
    this.#serviceIds.set(id, serviceId)
    if (this.#serviceIds.size <= idsMax) return
    const [oldest] = this.#serviceIds.keys()
    if (oldest !== undefined) this.#serviceIds.delete(oldest)
  }

  find(id: string): string | null {
    const serviceId = this.#serviceIds.get(id)
    if (serviceId === undefined) return null
    this.remember(id, serviceId)
    return serviceId
  }
}
