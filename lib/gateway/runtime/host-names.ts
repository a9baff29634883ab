import type { DomainSnapshot } from '@/lib/snapshot/snapshot.ts'

const wildcard = '*.'
/** One label of a host name; services' are written with `-` or `_`. */
const labelForm = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/

/**
 * The names that one side of a gateway answers to, its own and custom ones: two look-ups a request, however many there
 * are. Below each name, `<service>.<name>` is a service's own.
 */
export class HostNames {
  /** The names themselves, and whether plain requests to them are redirected. */
  readonly #exact = new Map<string, boolean>()
  /** What a service's label may stand in front of, and the same for it. */
  readonly #parents = new Map<string, boolean>()
  /** Whether any name is served by TLS only. */
  readonly hasForced: boolean

  constructor(hosts: readonly string[], domains: readonly DomainSnapshot[]) {
    for (const host of hosts) this.#add(host.toLowerCase(), false)
    for (const domain of domains) {
      if (!domain.name.startsWith(wildcard)) this.#add(domain.name, isForced(domain))
    }
    // A wildcard says more of the names below than the name without it does.
    for (const domain of domains) {
      if (domain.name.startsWith(wildcard)) {
        this.#parents.set(domain.name.slice(wildcard.length), isForced(domain))
      }
    }
    this.hasForced = domains.some(isForced)
  }

  /** What stands where a service's name would; null for the names themselves and for unknown ones. */
  labelOf(hostName: string): string | null {
    if (this.#parents.size === 0 || this.#exact.has(hostName)) return null
    const dot = hostName.indexOf('.')
    return dot !== -1 && this.#parents.has(hostName.slice(dot + 1)) ? hostName.slice(0, dot) : null
  }

  /** Whether the owner of the name wants it served by TLS only. */
  isForced(hostName: string): boolean {
    const own = this.#exact.get(hostName)
    if (own !== undefined) return own
    const dot = hostName.indexOf('.')
    if (dot === -1 || this.#parents.get(hostName.slice(dot + 1)) !== true) return false
    return labelForm.test(hostName.slice(0, dot))
  }

  #add(name: string, isForced: boolean): void {
    this.#exact.set(name, isForced)
    this.#parents.set(name, isForced)
  }
}

/** A name whose certificate is still to come could be called in no way at all. */
function isForced({ forceHttps, certificateId }: DomainSnapshot): boolean {
  return forceHttps && certificateId !== null
}
