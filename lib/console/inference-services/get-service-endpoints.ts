import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { apiType, apiTypeFacts } from '@/lib/domain/api-type.ts'
import { gatewayLimitsInput } from '@/lib/domain/gateway.ts'
import type { ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'
import { directSides, nacosSides, nlbSides } from './direct-endpoints.ts'
import { type EndpointFacts, endpointFacts, type Side, unavailable } from './endpoint-facts.ts'
import { hostEndpoint, pathEndpoint } from './printed-side.ts'
import { requireService } from './require-service.ts'

/** All five ways to call a service; those that are not there say why. */
export async function getServiceEndpoints(
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<ServiceEndpoints> {
  requirePermission(caller, 'inference-services.read')
  const { database } = consoleContext()
  const row = await requireService(database, idOrName, caller)
  const facts = await endpointFacts(database, row)
  return {
    methods: [
      { method: 'shared-gateway', sides: gatewaySides(facts, facts.type === 'shared') },
      { method: 'dedicated-gateway', sides: gatewaySides(facts, facts.type !== 'shared') },
      { method: 'vpc-direct', sides: directSides(facts) },
      { method: 'nlb', sides: nlbSides(facts) },
      { method: 'nacos', sides: nacosSides(facts) },
    ],
    apiPath: row.apiPath ?? apiTypeFacts[apiType.parse(row.apiType)].path ?? '/',
    requestBodyBytesMax: gatewayLimitsInput.parse(row.gateway.limits).requestBodyBytesMax,
  }
}

function gatewaySides(facts: EndpointFacts, isBound: boolean): Side[] {
  return (['internet', 'vpc'] as const).map((side) =>
    isBound ? gatewaySide(facts, side) : unavailable(side, 'not-bound'),
  )
}

/** Printed even while no node runs: the address will be the same when one does. */
function gatewaySide({ service, sides, hasNode, linkedVpcs }: EndpointFacts, side: Side['side']): Side {
  const printed = sides[side]
  if (printed === null) return unavailable(side, 'gateway-off')
  const endpoint = pathEndpoint(printed, service.name)
  const hostForm = hostEndpoint(printed, service.name)
  return {
    side,
    available: hasNode,
    unavailableReason: hasNode ? null : 'no-node',
    endpoint,
    hostEndpoint: hostForm === endpoint ? null : hostForm,
    domain: printed.domain,
    vpcs: side === 'vpc' ? [...linkedVpcs] : [],
    addresses: [],
  }
}
