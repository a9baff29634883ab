import { BasePaths } from '@/lib/gateway/runtime/base-paths.ts'
import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type { DomainSnapshot, GatewaySide } from '@/lib/snapshot/snapshot.ts'

const wildcard = '*.'

/**
 * Which Model API answers at a host and path, for one side of the gateway: its exact name first, then a wildcard's, then
 * the APIs without names. Below each, the longest base path.
 */
export class ModelApiTable {
  readonly #exact = new Map<string, BasePaths<PublishedApi>>()
  /** By what follows `*.`; the star is one label. */
  readonly #wildcards = new Map<string, BasePaths<PublishedApi>>()
  readonly #anywhere = new BasePaths<PublishedApi>()

  /** Throws `SnapshotRefused` where two APIs claim one place. A name of the other side publishes nothing here. */
  constructor(side: GatewaySide, domains: readonly DomainSnapshot[], apis: readonly PublishedApi[]) {
    const names = new Set(domains.filter((domain) => domain.side === side).map(({ name }) => name))
    for (const published of apis) {
      const { api } = published
      if (api.domains.length === 0) this.#add(this.#anywhere, 'any name', published)
      for (const domain of api.domains) {
        if (names.has(domain)) this.#add(this.#below(domain), domain, published)
      }
    }
  }

  find(hostName: string, url: string): PublishedApi | null {
    if (this.#exact.size > 0) {
      const found = this.#exact.get(hostName)?.find(url)
      if (found != null) return found
    }
    if (this.#wildcards.size > 0) {
      const dot = hostName.indexOf('.')
      const found = dot === -1 ? null : this.#wildcards.get(hostName.slice(dot + 1))?.find(url)
      if (found != null) return found
    }
    return this.#anywhere.find(url)
  }

  #below(domain: string): BasePaths<PublishedApi> {
    const isWildcard = domain.startsWith(wildcard)
    const names = isWildcard ? this.#wildcards : this.#exact
    const name = isWildcard ? domain.slice(wildcard.length) : domain
    const known = names.get(name) ?? new BasePaths<PublishedApi>()
    names.set(name, known)
    return known
  }

  #add(paths: BasePaths<PublishedApi>, where: string, published: PublishedApi): void {
    const { name, basePath } = published.api
    if (paths.add(basePath, published)) return
    throw new SnapshotRefused(`Model API ${name} and another one both answer at ${where} under ${basePath}.`)
  }
}
