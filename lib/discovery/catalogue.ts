import type { Clock } from '@/lib/platform/clock.ts'
import type { KubernetesAccess, NacosAccess } from '@/lib/snapshot/discovery-snapshot.ts'
import { KubernetesCatalogue } from './kubernetes/kubernetes-catalogue.ts'
import { NacosCatalogue } from './nacos/nacos-catalogue.ts'
import type { Catalogue } from './source-catalogue.ts'

export type CatalogueSubject =
  | { readonly type: 'kubernetes'; readonly cluster: KubernetesAccess }
  | { readonly type: 'nacos'; readonly cluster: NacosAccess; readonly groups: readonly string[] }

export interface CatalogueTools {
  readonly clock: Clock
  /** Whether an address may be dialled: the egress policy. */
  permits(address: string): boolean
}

export function createCatalogue(subject: CatalogueSubject, tools: CatalogueTools): Catalogue {
  return subject.type === 'kubernetes'
    ? new KubernetesCatalogue(subject.cluster, tools)
    : new NacosCatalogue(subject.cluster, subject.groups, tools)
}
