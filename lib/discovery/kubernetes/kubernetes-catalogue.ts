import type * as z from 'zod'
import type {
  Catalogue,
  CatalogueCheck,
  CatalogueNamespace,
  CatalogueService,
} from '@/lib/discovery/source-catalogue.ts'
import { CatalogueError } from '@/lib/discovery/source-catalogue.ts'
import type { KubernetesAccess } from '@/lib/snapshot/discovery-snapshot.ts'
import { KubernetesClient, type KubernetesClientOptions } from './kubernetes-client.ts'
import { KubernetesError, mayNot } from './kubernetes-error.ts'
import {
  type EndpointSlice,
  endpointSlice,
  type KubernetesService,
  namespace,
  service,
  version,
} from './kubernetes-objects.ts'
import { listAll } from './list-all.ts'
import { toEndpoints } from './to-endpoints.ts'

type Tools = Pick<KubernetesClientOptions, 'permits' | 'podFiles' | 'timeoutMs'>

const serviceNameLabel = 'kubernetes.io/service-name'

/** Of a cluster: namespaces, and the services of one with their TCP ports and ready endpoints. */
export class KubernetesCatalogue implements Catalogue {
  readonly #client: KubernetesClient

  constructor(access: KubernetesAccess, { permits, podFiles, timeoutMs }: Tools) {
    this.#client = new KubernetesClient({
      access,
      permits,
      ...(podFiles !== undefined && { podFiles }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    })
  }

  /** Asks for all that forms and nodes need, so that a right that lacks is known before it is missed. */
  async check(): Promise<CatalogueCheck> {
    let gitVersion: string | null = null
    try {
      const answer = version.safeParse(await this.#client.get('/version'))
      if (!answer.success) throw new KubernetesError(null, 'The address answers, but it is no API server.')
      gitVersion = answer.data.gitVersion
      const names = (await this.namespaces()).map(({ name }) => name)
      const first = names.includes('default') ? 'default' : names[0]
      if (first !== undefined) await this.services(first)
      return { ok: true, message: null, version: gitVersion, namespaces: names }
    } catch (error) {
      return { ok: false, message: told(error).message, version: gitVersion, namespaces: [] }
    }
  }

  async namespaces(): Promise<CatalogueNamespace[]> {
    const { items } = await this.#list('/api/v1/namespaces', namespace, 'namespaces', null)
    return items.map(({ metadata: { name } }) => ({ name, label: name })).sort(byName)
  }

  async services(of: string): Promise<CatalogueService[]> {
    const place = encodeURIComponent(of)
    const [services, slices] = await Promise.all([
      this.#list(`/api/v1/namespaces/${place}/services`, service, 'services', of),
      this.#list(
        `/apis/discovery.k8s.io/v1/namespaces/${place}/endpointslices`,
        endpointSlice,
        'endpointslices',
        of,
      ),
    ])
    const slicesOf = new Map<string, EndpointSlice[]>()
    for (const slice of slices.items) {
      const name = slice.metadata.labels[serviceNameLabel] ?? ''
      slicesOf.set(name, [...(slicesOf.get(name) ?? []), slice])
    }
    return services.items
      .filter(({ spec }) => spec.type !== 'ExternalName')
      .map((found) => toService(found, slicesOf.get(found.metadata.name) ?? []))
      .sort(byName)
  }

  async #list<Item>(path: string, item: z.ZodType<Item>, resource: string, of: string | null) {
    try {
      return await listAll(this.#client, path, item)
    } catch (error) {
      if (!(error instanceof KubernetesError) || error.status !== 403) throw told(error)
      throw new CatalogueError(mayNot('list', resource, of), { cause: error })
    }
  }
}

function toService(
  { metadata, spec }: KubernetesService,
  slices: readonly EndpointSlice[],
): CatalogueService {
  const ports = (spec.ports ?? [])
    .filter(({ protocol }) => protocol === undefined || protocol === null || protocol === 'TCP')
    .map(({ name, port }) => ({ name: name || null, port }))
  // Pods are behind every port, so one port tells how many there are.
  const counts = ports.map(({ name }) => toEndpoints(slices, { kind: 'named', name: name ?? '' }).length)
  return { name: metadata.name, group: null, ports, endpoints: Math.max(0, ...counts) }
}

function told(error: unknown): CatalogueError {
  if (error instanceof CatalogueError) return error
  const message = error instanceof KubernetesError ? error.message : 'The API server answers nonsense.'
  return new CatalogueError(message, { cause: error })
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1
}
