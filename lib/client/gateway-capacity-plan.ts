import {
  type GatewaySpec,
  gatewaySpecs,
  managedNodesMax,
  type NodeCapacity,
  nodeCapacity,
} from '@/lib/domain/gateway-capacity.ts'

export interface ExpectedLoad {
  readonly requestsPerSecond: number
  /** Of a request and its answer together, in KB. */
  readonly bodyKb: number
  /** Open at the same time. */
  readonly connections: number
  readonly https: boolean
}

/** What asks for the most nodes. `failover`: nothing does, but one node alone has no substitute. */
export type CapacityReason = 'requests' | 'connections' | 'handshakes' | 'bandwidth' | 'failover'

export interface CapacityPlan {
  readonly spec: GatewaySpec
  readonly nodes: number
  readonly reason: CapacityReason
}

/** How long a client keeps its connection, in seconds: so many of the open ones are new each second. */
export const connectionSeconds = 15
const failoverNodes = 2
/** The table's requests are of this size; above it, bandwidth tells. */
const bitsPerKb = 8 * 1024

/**
 * The smallest gateway, by cores, that stays at the safe level of the capacity table under this load; with equal
 * cores, the one with fewer nodes. Null: not even the largest one does.
 */
export function planCapacity(load: ExpectedLoad): CapacityPlan | null {
  const plans = gatewaySpecs
    .map((spec): CapacityPlan => ({ spec, ...nodesFor(load, nodeCapacity[spec]) }))
    .filter(({ nodes }) => nodes <= managedNodesMax)
  plans.sort((left, right) => coresOf(left) - coresOf(right) || left.nodes - right.nodes)
  return plans[0] ?? null
}

function nodesFor(load: ExpectedLoad, node: NodeCapacity): Pick<CapacityPlan, 'nodes' | 'reason'> {
  const gbits = (load.requestsPerSecond * load.bodyKb * bitsPerKb) / 1e9
  const handshakes = load.https ? load.connections / connectionSeconds : 0
  const demands: readonly (readonly [CapacityReason, number])[] = [
    ['failover', failoverNodes],
    ['requests', Math.ceil(load.requestsPerSecond / node.requestsPerSecond)],
    ['connections', Math.ceil(load.connections / node.connections.safe)],
    ['handshakes', Math.ceil(handshakes / node.newTlsConnections.safe)],
    ['bandwidth', Math.ceil(gbits / node.bandwidthGbits)],
  ]
  const nodes = Math.max(...demands.map(([, count]) => count))
  const [reason] = demands.find(([, count]) => count === nodes) ?? ['failover' as const]
  return { nodes, reason }
}

function coresOf({ spec, nodes }: CapacityPlan): number {
  return nodeCapacity[spec].cpus * nodes
}

/** What the nodes carry together. */
export function gatewayCapacity(spec: GatewaySpec, nodes: number) {
  const node = nodeCapacity[spec]
  return {
    cpus: node.cpus * nodes,
    memoryGb: node.memoryGb * nodes,
    requestsPerSecond: node.requestsPerSecond * nodes,
    connections: node.connections.safe * nodes,
    bandwidthGbits: node.bandwidthGbits * nodes,
  }
}
