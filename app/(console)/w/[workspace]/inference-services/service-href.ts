export type ServiceTab = 'instances' | 'tokens' | 'configuration'

export function servicesHref(workspace: string): string {
  return `/w/${encodeURIComponent(workspace)}/inference-services`
}

/** `service` is an id or a name. */
export function serviceHref(workspace: string, service: string, below?: ServiceTab | 'edit'): string {
  return `${servicesHref(workspace)}/${encodeURIComponent(service)}${below ? `/${below}` : ''}`
}
