import { gatewaySpec, nodeCapacity } from '@/lib/domain/gateway-capacity.ts'
import {
  type DeploymentPlan,
  type DoorName,
  deploymentFormatVersion,
  type GatewayDeployment,
} from '@/lib/snapshot/deployment.ts'
import type { DeploymentRows } from './deployment-rows.ts'
import { authoritativeName } from './gateway-names.ts'
import { type GatewayPlace, sideDoors } from './gateway-place.ts'

/** The rest of a node's memory is for what is no JavaScript: sockets, TLS, buffers. */
const memoryShare = 0.75

/** Rows in, what hosts run out. Pure: the same rows give the same bytes. */
export function compileDeployment(place: GatewayPlace, gateways: readonly DeploymentRows[]): DeploymentPlan {
  const running = gateways.filter(runs)
  const zones = running.flatMap((gateway) => zoneOf(place, gateway) ?? [])
  return {
    formatVersion: deploymentFormatVersion,
    gateways: running.map((gateway) => ({
      gatewayId: gateway.id,
      name: gateway.name,
      type: gateway.type,
      doors: [...sideDoorsOf(gateway), ...nlbDoorsOf(gateway)],
      nodes: { min: gateway.nodes, max: Math.max(gateway.nodes, gateway.nodesMax) },
      memoryMb: memoryOf(gateway),
    })),
    nameServer: zones.length === 0 ? null : { port: place.nameServerPort, zones },
  }
}

/** An ALB gateway without a network is a logical configuration; a fully managed one runs from its creation. */
export function runs({
  type,
  internetEnabled,
  vpcEnabled,
}: Pick<DeploymentRows, 'type' | 'internetEnabled' | 'vpcEnabled'>): boolean {
  return type !== 'alb' || internetEnabled || vpcEnabled
}

/** The shared gateway's four own doors are the host's settings. */
function sideDoorsOf(gateway: DeploymentRows): GatewayDeployment['doors'] {
  if (gateway.type === 'shared') return []
  return sideDoors.flatMap((door) => {
    const isOn = door.startsWith('internet') ? gateway.internetEnabled : gateway.vpcEnabled
    const allocated = gateway.ports.find((port) => port.door === door)
    return isOn && allocated !== undefined ? [{ door, port: allocated.port }] : []
  })
}

function nlbDoorsOf({ nlb, internetEnabled, vpcEnabled }: DeploymentRows): GatewayDeployment['doors'] {
  const open = nlb.filter(({ side }) => (side === 'internet' ? internetEnabled : vpcEnabled))
  const ports = open.map(({ port }) => port).sort((a, b) => a - b)
  return ports.map((port) => ({ door: `nlb-${port}` satisfies DoorName, port }))
}

function memoryOf({ type, spec }: DeploymentRows): number | null {
  const known = gatewaySpec.safeParse(spec)
  if (type !== 'managed' || !known.success) return null
  return nodeCapacity[known.data].memoryGb * 1024 * memoryShare
}

function zoneOf(place: GatewayPlace, { id, name, vpcEnabled, authoritativeCidrs }: DeploymentRows) {
  if (!vpcEnabled || authoritativeCidrs === null) return null
  return {
    name: authoritativeName(place, name),
    gatewayId: id,
    addresses: [...place.addresses],
    allow: [...authoritativeCidrs],
  }
}
