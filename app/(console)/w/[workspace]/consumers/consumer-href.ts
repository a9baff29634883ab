export function consumersHref(workspace: string): string {
  return `/w/${encodeURIComponent(workspace)}/consumers`
}

/** `consumer` is an id or a name. */
export function consumerHref(workspace: string, consumer: string, below?: 'edit'): string {
  return `${consumersHref(workspace)}/${encodeURIComponent(consumer)}${below ? `/${below}` : ''}`
}

export function newConsumerHref(workspace: string): string {
  return `${consumersHref(workspace)}/new`
}
