/** Every page of the console, for the checks and pictures that look at all of them. */
export interface Stop {
  /** File name of its picture. */
  readonly name: string
  readonly path: string
  /** Whether it is shown to somebody who is not signed in. */
  readonly public?: boolean
  /** A dialog is open over the page, which hides the page's own heading from everyone but the eye. */
  readonly dialog?: boolean
  /** Opens everything that can be unfolded. */
  readonly unfold?: boolean
}

export interface TourObjects {
  readonly serviceId: string
  /** A fully managed gateway. */
  readonly gatewayId: string
  /** A service of the AI gateway, with keys. */
  readonly upstreamId: string
  readonly modelApiId: string
  readonly consumerId: string
}

export function tour(
  workspace: string,
  { serviceId, gatewayId, upstreamId, modelApiId, consumerId }: TourObjects,
): readonly Stop[] {
  const home = `/w/${workspace}`
  const services = `${home}/inference-services`
  const service = `${services}/${serviceId}`
  const gateway = `${home}/gateways/gw_shared`
  const managed = `${home}/gateways/${gatewayId}`
  return [
    { name: 'sign-in', path: '/sign-in', public: true },
    { name: 'setup-closed', path: '/setup?token=00000000000000000000', public: true },
    { name: 'invitation-closed', path: '/invitation?token=00000000000000000000', public: true },
    { name: 'workspaces', path: '/w' },
    { name: 'overview', path: home },
    { name: 'services', path: services },
    { name: 'services-invocation', path: `${services}?invoke=${serviceId}`, dialog: true },
    { name: 'service-new', path: `${services}/new` },
    { name: 'service-new-unfolded', path: `${services}/new`, unfold: true },
    { name: 'service', path: service },
    { name: 'service-instances', path: `${service}/instances` },
    { name: 'service-tokens', path: `${service}/tokens` },
    { name: 'service-configuration', path: `${service}/configuration` },
    { name: 'service-edit', path: `${service}/edit` },
    { name: 'service-missing', path: `${services}/eas_00000000000000000000000000` },
    { name: 'gateways', path: `${home}/gateways` },
    { name: 'gateway', path: gateway },
    { name: 'gateway-nodes', path: `${gateway}/nodes` },
    { name: 'gateway-access', path: `${gateway}/access` },
    { name: 'gateway-domains', path: `${gateway}/domains` },
    { name: 'gateway-revisions', path: `${gateway}/revisions` },
    { name: 'gateway-services', path: `${gateway}/services` },
    { name: 'gateway-settings', path: `${gateway}/settings` },
    { name: 'gateway-new-alb', path: `${home}/gateways?create=alb`, dialog: true },
    { name: 'gateway-new', path: `${home}/gateways/new?type=managed` },
    { name: 'managed', path: managed },
    { name: 'managed-access', path: `${managed}/access` },
    { name: 'managed-access-internet', path: `${managed}/access?net=internet` },
    { name: 'managed-vpc-new', path: `${managed}/access?enable=vpc`, dialog: true },
    { name: 'managed-domain-new', path: `${managed}/domains?create=true`, dialog: true },
    { name: 'managed-services', path: `${managed}/services` },
    { name: 'domains', path: `${home}/domains` },
    { name: 'domain-new', path: `${home}/domains?create=true`, dialog: true },
    { name: 'model-apis', path: `${home}/model-apis` },
    { name: 'model-api-use', path: `${home}/model-apis/new` },
    { name: 'model-api-new', path: `${home}/model-apis/new?use=text` },
    { name: 'model-api-new-image', path: `${home}/model-apis/new?use=image` },
    { name: 'model-api', path: `${home}/model-apis/${modelApiId}` },
    { name: 'model-api-debug', path: `${home}/model-apis/${modelApiId}/debug` },
    { name: 'model-api-debug-call', path: `${home}/model-apis/${modelApiId}/debug?mode=call` },
    { name: 'model-apis-debug', path: `${home}/model-apis?debug=${modelApiId}&view=curl`, dialog: true },
    { name: 'model-api-plugins', path: `${home}/model-apis/${modelApiId}/plugins` },
    { name: 'model-api-requests', path: `${home}/model-apis/${modelApiId}/requests` },
    { name: 'model-api-edit', path: `${home}/model-apis/${modelApiId}/edit` },
    { name: 'model-api-missing', path: `${home}/model-apis/mapi_00000000000000000000000000` },
    { name: 'upstreams', path: `${home}/services` },
    { name: 'upstream-new', path: `${home}/services/new` },
    { name: 'upstream-new-ai', path: `${home}/services/new?source=ai` },
    { name: 'upstream-new-agent', path: `${home}/services/new?source=agent` },
    { name: 'upstream-new-fixed', path: `${home}/services/new?source=fixed`, unfold: true },
    { name: 'upstream-new-kubernetes', path: `${home}/services/new?source=kubernetes` },
    { name: 'upstream-new-function', path: `${home}/services/new?source=function-compute` },
    { name: 'upstream', path: `${home}/services/${upstreamId}` },
    { name: 'upstream-edit', path: `${home}/services/${upstreamId}/edit` },
    { name: 'upstream-missing', path: `${home}/services/svc_00000000000000000000000000` },
    { name: 'consumers', path: `${home}/consumers` },
    { name: 'consumer-new', path: `${home}/consumers/new` },
    { name: 'consumer', path: `${home}/consumers/${consumerId}` },
    { name: 'consumer-edit', path: `${home}/consumers/${consumerId}/edit` },
    { name: 'consumer-missing', path: `${home}/consumers/csm_00000000000000000000000000` },
    { name: 'sources', path: `${home}/services/sources` },
    { name: 'source-new', path: `${home}/services/sources?create=true`, dialog: true },
    { name: 'networks', path: `${home}/networks` },
    { name: 'vpc-new', path: `${home}/networks?create=true`, dialog: true },
    { name: 'vswitches', path: `${home}/networks/vswitches` },
    { name: 'security-groups', path: `${home}/networks/security-groups` },
    { name: 'security-group-new', path: `${home}/networks/security-groups?create=true`, dialog: true },
    { name: 'certificates', path: `${home}/certificates` },
    { name: 'certificate-new', path: `${home}/certificates?create=true`, dialog: true },
    { name: 'members', path: `${home}/members` },
    { name: 'activity', path: `${home}/activity` },
    { name: 'settings', path: `${home}/settings` },
    { name: 'settings-tokens', path: `${home}/settings/tokens` },
    { name: 'settings-installation', path: `${home}/settings/installation` },
    { name: 'account', path: '/account' },
    { name: 'not-found', path: `${home}/nothing-here` },
  ]
}

export const themes = ['light', 'dark'] as const
export const languages = ['en', 'zh-CN'] as const
