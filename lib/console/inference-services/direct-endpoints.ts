import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'
import { type EndpointFacts, type Side, unavailable } from './endpoint-facts.ts'
import { origin } from './printed-side.ts'

/** Where SDKs ask for instances, newest form first. */
const discoveryPaths = [
  '/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/',
  '/api/v1/servicediscovery/upstreams/',
]

/** Instances are listed at the gateway's VPC side and called without it. */
export function directSides(facts: EndpointFacts): Side[] {
  const { service, sides } = facts
  if (!service.vpcDirect) return [unavailable('vpc', 'not-enabled')]
  if (service.securityGroupId === null) return [unavailable('vpc', 'no-security-group')]
  const printed = sides.vpc
  if (printed === null) return [unavailable('vpc', 'gateway-off')]
  const host = printed.host.startsWith('*.') ? facts.hosts.vpc : printed.host
  const addresses = discoveryPaths.map((path) => `${origin(printed, host)}${path}${service.name}`)
  return [offered(facts, 'vpc', { endpoint: addresses[0] ?? null, domain: printed.domain, addresses })]
}

/** `host:port`, one for each listener of the side. */
export function nlbSides(facts: EndpointFacts): Side[] {
  return (['internet', 'vpc'] as const).map((side) => {
    const ports = facts.service.nlb.filter((listener) => listener.side === side).map(({ port }) => port)
    if (ports.length === 0) return unavailable(side, 'not-enabled')
    if (facts.service.securityGroupId === null) return unavailable(side, 'no-security-group')
    if (facts.sides[side] === null) return unavailable(side, 'gateway-off')
    const vpcs = side === 'vpc' ? facts.linkedVpcs : []
    return {
      ...offered(facts, side, { addresses: ports.map((port) => `${facts.hosts[side]}:${port}`) }),
      vpcs: [...vpcs],
    }
  })
}

/** `DEFAULT_GROUP@@qwen_7b at http://10.0.0.9:8848`, one for each server. */
export function nacosSides(facts: EndpointFacts): Side[] {
  const { nacos, name } = facts.service
  if (nacos.length === 0) return [unavailable('vpc', 'not-enabled')]
  const addresses = nacos.flatMap(({ group, serviceName, servers }) =>
    servers.map((server) => `${group}@@${serviceName ?? name} at ${server}`),
  )
  return [offered(facts, 'vpc', { addresses })]
}

/** Printed although nothing answers yet: the address will be the same. */
function offered(facts: EndpointFacts, side: GatewaySide, change: Partial<Side>): Side {
  const reason = !facts.hasNode ? 'no-node' : facts.hasReadyInstance ? null : 'no-ready-instance'
  return {
    ...unavailable(side, ''),
    available: reason === null,
    unavailableReason: reason,
    vpcs: facts.vpc === null ? [] : [facts.vpc],
    ...change,
  }
}
