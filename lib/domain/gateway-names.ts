import type { GatewayType } from './gateway.ts'

/** What the installation is called by: `SWITCHYARD_GATEWAY_HOST` and `SWITCHYARD_BASE_DOMAIN`, lower case. */
export interface InstallationNames {
  readonly gatewayHost: string
  /** Null: the installation has no domain name of its own. */
  readonly baseDomain: string | null
}

export interface NamedGateway {
  readonly name: string
  readonly type: GatewayType
}

/** By side. */
export interface SideNames {
  readonly internet: string
  readonly vpc: string
}

/** The host that each side's addresses are printed with. Without a base domain the port alone tells gateways apart. */
export function printedHosts(gateway: NamedGateway, names: InstallationNames): SideNames {
  const { gatewayHost, baseDomain } = names
  if (gateway.type === 'shared' || baseDomain === null) return { internet: gatewayHost, vpc: gatewayHost }
  return { internet: ownName(gateway, baseDomain), vpc: ownName(gateway, baseDomain, '-vpc') }
}

/** The host that host forms (`<service>.<host>`) are printed below. */
export function hostFormHosts(gateway: NamedGateway, names: InstallationNames): SideNames {
  if (gateway.type !== 'shared') return printedHosts(gateway, names)
  const host = names.baseDomain ?? names.gatewayHost
  return { internet: host, vpc: host }
}

/** Every host that host forms may stand below, for the snapshot. */
export function answeredHosts(
  gateway: NamedGateway,
  names: InstallationNames,
): { readonly internet: readonly string[]; readonly vpc: readonly string[] } {
  const installation = unique([names.gatewayHost, names.baseDomain ?? names.gatewayHost])
  if (gateway.type === 'shared') {
    return { internet: installation, vpc: [...installation, ...installation.map((name) => `vpc.${name}`)] }
  }
  const internet = installation.map((name) => ownName(gateway, name))
  return {
    internet: unique([...internet, names.gatewayHost]),
    vpc: unique([...installation.map((name) => ownName(gateway, name, '-vpc')), names.gatewayHost]),
  }
}

/** What CNAME records of the gateway's domains point to; null without a base domain. */
export function cnameTargets(
  gateway: NamedGateway,
  names: InstallationNames,
): { readonly public: string | null; readonly private: string | null } {
  if (names.baseDomain === null) return { public: null, private: null }
  const { internet, vpc } = printedHosts(gateway, names)
  return { public: internet, private: vpc }
}

/** The name that the name server answers for, with everything below it. */
export function authoritativeZone(gateway: NamedGateway, names: InstallationNames): string {
  return ownName(gateway, names.baseDomain ?? names.gatewayHost, '-vpc')
}

function ownName({ name }: NamedGateway, below: string, suffix = ''): string {
  return `gw-${name}${suffix}.${below}`
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}
