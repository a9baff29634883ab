import type {
  Catalogue,
  CatalogueCheck,
  CatalogueNamespace,
  CatalogueService,
} from '@/lib/discovery/source-catalogue.ts'
import { CatalogueError } from '@/lib/discovery/source-catalogue.ts'
import { NacosError } from '@/lib/nacos/nacos-error.ts'
import { NacosRegistry } from '@/lib/nacos/nacos-registry.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { NacosAccess } from '@/lib/snapshot/discovery-snapshot.ts'
import { explainNacos } from './explain-nacos.ts'

interface Tools {
  readonly clock: Clock
  permits(address: string): boolean
}

/** Of one namespace of a Nacos cluster: the services of the groups that its source names. */
export class NacosCatalogue implements Catalogue {
  readonly #registry: NacosRegistry
  readonly #namespace: string
  readonly #groups: readonly string[]

  constructor(access: NacosAccess, groups: readonly string[], { clock, permits }: Tools) {
    this.#registry = new NacosRegistry(access, clock, permits)
    this.#namespace = access.namespace
    this.#groups = groups.length === 0 ? ['DEFAULT_GROUP'] : groups
  }

  async check(): Promise<CatalogueCheck> {
    // Not every user may ask for it, and nothing needs it.
    const version = await this.#registry.version().catch(() => null)
    try {
      const known = await this.#registry.namespaces().catch(nullWhereForbidden)
      const names = known?.map(({ id }) => id || 'public') ?? [this.#namespace || 'public']
      if (!names.includes(this.#namespace || 'public')) {
        const listed = known?.map(({ id, label }) => (id === '' ? 'public' : `${id} (${label})`)).join(', ')
        const message = `Nacos has no namespace with the id ${this.#namespace}. It has: ${listed}.`
        return { ok: false, message, version, namespaces: names }
      }
      await this.services()
      return { ok: true, message: null, version, namespaces: names }
    } catch (error) {
      return { ok: false, message: asCatalogueError(error).message, version, namespaces: [] }
    }
  }

  async namespaces(): Promise<CatalogueNamespace[]> {
    const name = this.#namespace || 'public'
    const known = await this.#registry.namespaces().catch(nullWhereForbidden).catch(fail)
    const label = known?.find(({ id }) => id === this.#namespace)?.label
    return [{ name, label: label ?? name }]
  }

  async services(): Promise<CatalogueService[]> {
    const found = this.#groups.map(async (group) => {
      const names = await this.#registry.services(group)
      return names.map((name) => ({ name, group, ports: [], endpoints: null }))
    })
    return (await Promise.all(found).catch(fail)).flat()
  }
}

function nullWhereForbidden(error: unknown): null {
  if (error instanceof NacosError && (error.failure === 'forbidden' || error.failure === 'rejected'))
    return null
  throw error
}

function fail(error: unknown): never {
  throw asCatalogueError(error)
}

function asCatalogueError(error: unknown): CatalogueError {
  return error instanceof CatalogueError ? error : new CatalogueError(explainNacos(error), { cause: error })
}
