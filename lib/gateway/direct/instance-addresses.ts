import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

export type Resolve = (host: string) => Promise<string>

interface Entry {
  /** Null: the name has no address. */
  readonly address: Promise<string | null>
  /** On the clock that is never set. */
  readonly staleAt: number
}

const keptMs = 10_000
/** Names that do not answer must not hold up a list of those that do. */
const waitMs = 2_000
const sweepAbove = 1_000

/** The addresses of instances that are known by name, for callers that want addresses. Each name is asked for at most every 10 s. */
export class InstanceAddresses {
  readonly #resolve: Resolve
  readonly #entries = new Map<string, Entry>()

  constructor(resolve: Resolve = async (host) => (await lookup(host)).address) {
    this.#resolve = resolve
  }

  /** Null where the name has none, or none in time. */
  addressOf(host: string): string | Promise<string | null> {
    if (isIP(host) !== 0) return host
    const now = performance.now()
    const known = this.#entries.get(host)
    if (known !== undefined && known.staleAt > now) return known.address
    if (this.#entries.size >= sweepAbove) this.#sweep(now)
    const address = withinTime(this.#resolve(host))
    this.#entries.set(host, { address, staleAt: now + keptMs })
    return address
  }

  #sweep(now: number): void {
    for (const [host, { staleAt }] of this.#entries) if (staleAt <= now) this.#entries.delete(host)
  }
}

function withinTime(asked: Promise<string>): Promise<string | null> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), waitMs)
    late.unref()
    const settle = (address: string | null) => {
      clearTimeout(late)
      resolve(address)
    }
    asked.then(settle, () => settle(null))
  })
}
