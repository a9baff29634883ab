import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { liveNodes } from '@/lib/console/gateways/live-nodes.ts'
import { apiType, apiTypeFacts } from '@/lib/domain/api-type.ts'
import { gatewayLimitsInput } from '@/lib/domain/gateway.ts'
import type { ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'
import type { InferenceServiceRow } from '@/lib/persistence/inference-service-store.ts'
import { requireService } from './require-service.ts'
import { hostEndpoint, pathEndpoint } from './service-addresses.ts'

type Side = ServiceEndpoints['methods'][number]['sides'][number]
const sides = ['internet', 'vpc'] as const

/** All five ways to call a service; those that are not there say why. */
export async function getServiceEndpoints(
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<ServiceEndpoints> {
  requirePermission(caller, 'inference-services.read')
  const { database } = consoleContext()
  const row = await requireService(database, idOrName, caller)
  const hasNode = (await liveNodes(database, row.gatewayId)).length > 0
  const isShared = row.gateway.type === 'shared'
  return {
    methods: [
      {
        method: 'shared-gateway',
        sides: sides.map((side) =>
          isShared ? sharedSide(row, side, hasNode) : unavailable(side, 'not-bound'),
        ),
      },
      { method: 'dedicated-gateway', sides: sides.map((side) => unavailable(side, 'not-bound')) },
      { method: 'vpc-direct', sides: [unavailable('vpc', 'not-built')] },
      { method: 'nlb', sides: sides.map((side) => unavailable(side, 'not-built')) },
      { method: 'nacos', sides: [unavailable('vpc', 'not-built')] },
    ],
    apiPath: row.apiPath ?? apiTypeFacts[apiType.parse(row.apiType)].path ?? '/',
    requestBodyBytesMax: gatewayLimitsInput.parse(row.gateway.limits).requestBodyBytesMax,
  }
}

/** Printed even while no node runs: the address will be the same when one does. */
function sharedSide(row: InferenceServiceRow, side: 'internet' | 'vpc', hasNode: boolean): Side {
  const enabled = side === 'internet' ? row.gateway.internetEnabled : row.gateway.vpcEnabled
  if (!enabled) return unavailable(side, 'gateway-off')
  const { printedGateway } = consoleContext()
  return {
    side,
    available: hasNode,
    unavailableReason: hasNode ? null : 'no-node',
    endpoint: pathEndpoint(printedGateway, side, row.name),
    hostEndpoint: hostEndpoint(printedGateway, side, row.name),
    domain: null,
    vpcs: [],
    addresses: [],
  }
}

function unavailable(side: 'internet' | 'vpc', unavailableReason: string): Side {
  return {
    side,
    available: false,
    unavailableReason,
    endpoint: null,
    hostEndpoint: null,
    domain: null,
    vpcs: [],
    addresses: [],
  }
}
