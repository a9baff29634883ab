import type { GatewaySide, GatewayType } from '@/lib/snapshot/snapshot.ts'
import type { GatewayPlace } from './gateway-place.ts'

interface NamedGateway {
  readonly name: string
  readonly type: GatewayType
}

/** The host name that a gateway is printed with; without a base domain the port alone tells gateways apart. */
export function gatewayHost(place: GatewayPlace, { name, type }: NamedGateway, side: GatewaySide): string {
  if (type === 'shared' || place.baseDomain === null) return place.gatewayHost
  return `gw-${name}${side === 'vpc' ? '-vpc' : ''}.${place.baseDomain}`
}

/** Host forms are printed below it: `<service>.<name>`. */
export function hostFormParent(place: GatewayPlace, gateway: NamedGateway, side: GatewaySide): string {
  if (gateway.type !== 'shared') return gatewayHost(place, gateway, side)
  return place.baseDomain ?? place.gatewayHost
}

/** What the name server answers for inside the VPC that has authoritative DNS. */
export function authoritativeName(place: GatewayPlace, name: string): string {
  return `gw-${name}-vpc.${place.baseDomain ?? place.gatewayHost}`
}

/** What CNAME records of custom domains point to. Null: the installation has no domain name of its own. */
export function cnameOf(place: GatewayPlace, gateway: NamedGateway, side: GatewaySide): string | null {
  if (place.baseDomain === null) return null
  if (gateway.type !== 'shared') return gatewayHost(place, gateway, side)
  return side === 'vpc' ? `vpc.${place.baseDomain}` : place.baseDomain
}

/** The names under which host forms reach a gateway, by side; none on a side that is off. */
export function gatewayHosts(
  place: GatewayPlace,
  gateway: NamedGateway & { readonly internetEnabled: boolean; readonly vpcEnabled: boolean },
): { readonly internet: readonly string[]; readonly vpc: readonly string[] } {
  const internet = [gatewayHost(place, gateway, 'internet'), hostFormParent(place, gateway, 'internet')]
  const vpc =
    gateway.type === 'shared'
      ? [...internet, ...internet.map((name) => `vpc.${name}`)]
      : [gatewayHost(place, gateway, 'vpc'), authoritativeName(place, gateway.name)]
  return {
    internet: gateway.internetEnabled ? [...new Set(internet)] : [],
    vpc: gateway.vpcEnabled ? [...new Set(vpc)] : [],
  }
}
