import type { ServiceSource } from '@/lib/domain/upstream-service.ts'

export function servicesHref(workspace: string): string {
  return `/w/${encodeURIComponent(workspace)}/services`
}

/** `service` is an id or a name. */
export function serviceHref(workspace: string, service: string, below?: 'edit'): string {
  return `${servicesHref(workspace)}/${encodeURIComponent(service)}${below ? `/${below}` : ''}`
}

/** The form of a source; without one, the choice between them. */
export function newServiceHref(workspace: string, source?: ServiceSource): string {
  return `${servicesHref(workspace)}/new${source ? `?source=${source}` : ''}`
}

export function sourcesHref(workspace: string): string {
  return `${servicesHref(workspace)}/sources`
}
