import type { FoundServices, JobSource } from './job-source.ts'

/** API, name, service */
export type JobRow = [api: string, name: string, service: string]

/** Of a gateway. What was made before so many other things is asked about where new things are made. */
const entriesMax = 100_000
/** No service makes longer ones. */
const nameLengthMax = 263

/** Which service has what, in memory: what was last used. */
export class JobBook implements JobSource {
  readonly #entriesMax: number
  /** Services by name, by API; names in the order in which they were last used. */
  readonly #apis = new Map<string, Map<string, string>>()
  #size = 0
  /** Told what was not known, or known otherwise. */
  onLearned: (row: JobRow) => void = () => {}

  constructor(max: number = entriesMax) {
    this.#entriesMax = max
  }

  find(api: string, names: readonly string[]): FoundServices {
    const known = this.#apis.get(api)
    return names.map((name) => {
      const service = known?.get(name)
      if (known === undefined || service === undefined) return null
      known.delete(name)
      known.set(name, service)
      return service
    })
  }

  claim(api: string, names: readonly string[], seen: FoundServices, service: string): string {
    const known = this.#apis.get(api)
    for (const [index, name] of names.entries()) {
      const holder = known?.get(name)
      if (holder !== undefined && holder !== seen[index]) return holder
    }
    this.remember(api, names, service)
    return service
  }

  remember(api: string, names: readonly string[], service: string): void {
    for (const name of names) if (name.length <= nameLengthMax) this.#set(api, name, service)
  }

  /** All of it, of each API what was used longest ago first. */
  rows(): JobRow[] {
    return [...this.#apis].flatMap(([api, known]) =>
      [...known].map(([name, service]): JobRow => [api, name, service]),
    )
  }

  #set(api: string, name: string, service: string): void {
    const known = this.#apis.get(api) ?? new Map<string, string>()
    this.#apis.set(api, known)
    const before = known.get(name)
    known.delete(name)
    known.set(name, service)
    if (before === undefined) this.#size += 1
    if (this.#size > this.#entriesMax) this.#forgetOne()
    if (before !== service) this.onLearned([api, name, service])
  }

  /** Of the API that has most, so that nobody's jobs are lost because others make many. */
  #forgetOne(): void {
    let largest: [api: string, known: Map<string, string>] | null = null
    for (const entry of this.#apis) if (largest === null || entry[1].size > largest[1].size) largest = entry
    if (largest === null) return
    const [api, known] = largest
    const [oldest] = known.keys()
    if (oldest !== undefined) known.delete(oldest)
    if (known.size === 0) this.#apis.delete(api)
    this.#size -= 1
  }
}
