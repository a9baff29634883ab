/** The page of an object, for links in activity, problems and revisions; null when it has none. */
export function objectHref(
  workspace: string,
  object: { readonly kind: string; readonly id: string },
): string | null {
  const base = `/w/${encodeURIComponent(workspace)}`
  const id = encodeURIComponent(object.id)
  switch (object.kind) {
    case 'inference-service':
      return `${base}/inference-services/${id}`
    case 'model-api':
      return `${base}/model-apis/${id}`
    case 'service':
      return `${base}/services/${id}`
    case 'consumer':
      return `${base}/consumers/${id}`
    case 'source':
      return `${base}/services/sources?open=${id}`
    case 'gateway':
      return `${base}/gateways/${id}`
    case 'vpc':
      return `${base}/networks?open=${id}`
    case 'vswitch':
      return `${base}/networks/vswitches?open=${id}`
    case 'security-group':
      return `${base}/networks/security-groups?open=${id}`
    case 'certificate':
      return `${base}/certificates?open=${id}`
    case 'domain':
      return `${base}/domains?open=${id}`
    case 'member':
    case 'invitation':
      return `${base}/members`
    case 'api-token':
      return `${base}/settings/tokens`
    case 'workspace':
      return `${base}/settings`
    case 'installation':
      return `${base}/settings/installation`
    default:
      return null
  }
}
