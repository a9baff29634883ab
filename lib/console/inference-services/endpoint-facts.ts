import { consoleContext } from '@/lib/console/console-context.ts'
import { liveNodes } from '@/lib/console/gateways/live-nodes.ts'
import type { InferenceServiceDocument } from '@/lib/control-plane/documents.ts'
import { gatewayHost } from '@/lib/control-plane/gateway-names.ts'
import { sideDoors } from '@/lib/control-plane/gateway-place.ts'
import { serviceDocument } from '@/lib/control-plane/service-rows.ts'
import { gatewayType } from '@/lib/domain/gateway.ts'
import type { ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import {
  type GatewayNetwork,
  getGatewayNames,
  getGatewayNetwork,
} from '@/lib/persistence/gateway-network-store.ts'
import type { InferenceServiceRow } from '@/lib/persistence/inference-service-store.ts'
import { findVpc } from '@/lib/persistence/vpc-store.ts'
import type { GatewaySide, GatewayType } from '@/lib/snapshot/snapshot.ts'
import { type DoorPorts, type PrintedSide, printedSide } from './printed-side.ts'

export type Side = ServiceEndpoints['methods'][number]['sides'][number]
export type NamedVpc = Side['vpcs'][number]

/** Everything that addresses of one service are made of. */
export interface EndpointFacts {
  readonly service: InferenceServiceDocument
  readonly type: GatewayType
  /** Null: the side is off. */
  readonly sides: Readonly<Record<GatewaySide, PrintedSide | null>>
  /** The gateway's own names, for what is not HTTP. */
  readonly hosts: Readonly<Record<GatewaySide, string>>
  readonly hasNode: boolean
  readonly hasReadyInstance: boolean
  /** VPCs from which the gateway's VPC side is reachable; empty on the shared one, which everybody reaches. */
  readonly linkedVpcs: readonly NamedVpc[]
  /** The service's own. */
  readonly vpc: NamedVpc | null
}

export async function endpointFacts(
  transaction: Transaction,
  row: InferenceServiceRow,
): Promise<EndpointFacts> {
  const { place, clock } = consoleContext()
  const { gateway } = row
  const type = gatewayType.parse(gateway.type)
  const network = await getGatewayNetwork(transaction, gateway.id)
  const { domains } = await getGatewayNames(transaction, gateway.id)
  const named = { name: gateway.name, type }
  const ports = type === 'shared' ? sharedPorts() : portsOf(network)
  const printed = (side: GatewaySide, enabled: boolean) =>
    enabled ? printedSide({ place, gateway: named, side, ports, domains, now: clock.now() }) : null
  const vpc = row.vpcId === null ? null : await findVpc(transaction, row.vpcId)
  return {
    service: serviceDocument(row),
    type,
    sides: {
      internet: printed('internet', gateway.internetEnabled),
      vpc: printed('vpc', gateway.vpcEnabled),
    },
    hosts: { internet: gatewayHost(place, named, 'internet'), vpc: gatewayHost(place, named, 'vpc') },
    hasNode: (await liveNodes(transaction, gateway.id)).length > 0,
    hasReadyInstance: row.instances.some((instance) => isReady(instance, row.healthCheck !== null)),
    linkedVpcs: linkedVpcsOf(network),
    vpc: vpc && { id: vpc.id, name: vpc.name },
  }
}

function sharedPorts(): DoorPorts {
  const { sharedPorts: ports } = consoleContext().place
  return new Map(sideDoors.map((door) => [door, ports[door]]))
}

function portsOf({ ports }: GatewayNetwork): DoorPorts {
  return new Map(ports.map(({ door, port }) => [door, port]))
}

/** Those whose workspaces agreed. */
function linkedVpcsOf({ links }: GatewayNetwork): NamedVpc[] {
  return links.flatMap(({ side, consent, vpc }) =>
    side === 'vpc' && consent === 'granted' && vpc !== null ? [{ id: vpc.id, name: vpc.name }] : [],
  )
}

/** As nodes see it; without active checks an instance counts as ready. */
function isReady({ weight, health }: InferenceServiceRow['instances'][number], isChecked: boolean): boolean {
  if (weight === 0) return false
  if (!isChecked) return true
  return health.some(({ state }) => state !== 'unready' && state !== 'unknown')
}

export function unavailable(side: GatewaySide, unavailableReason: string): Side {
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
