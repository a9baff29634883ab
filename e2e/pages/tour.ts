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

export function tour(workspace: string, serviceId: string): readonly Stop[] {
  const home = `/w/${workspace}`
  const services = `${home}/inference-services`
  const service = `${services}/${serviceId}`
  const gateway = `${home}/gateways/gw_shared`
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
    { name: 'gateway-revisions', path: `${gateway}/revisions` },
    { name: 'gateway-services', path: `${gateway}/services` },
    { name: 'gateway-settings', path: `${gateway}/settings` },
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
