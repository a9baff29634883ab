import { defaultRateLimits, gatewayLimitsInput } from '@/lib/domain/gateway.ts'
import { gatewaySpec, type NodeCapacity, nodeCapacity } from '@/lib/domain/gateway-capacity.ts'
import type { EgressPolicy, GatewayLimits, GatewayType } from '@/lib/snapshot/snapshot.ts'

const settable = gatewayLimitsInput.parse({})

/**
 * What an owner may change has its default in the domain; the rest is fixed here. A node of a fully managed gateway
 * takes what its specification carries.
 */
export function defaultLimits(type: GatewayType, spec: string | null = null): GatewayLimits {
  const capacity = capacityOf(spec)
  return {
    ...settable,
    ...defaultRateLimits[type],
    ...(capacity && {
      connectionsMax: capacity.connections.overload,
      requestsInFlightMax: capacity.connections.warning,
    }),
    headerBytesMax: 32_768,
    urlBytesMax: 16_384,
    clientHeadersMs: 15_000,
  }
}

/** The defaults with what the owner has set; a node never takes more connections than its specification carries. */
export function gatewayLimits(
  type: GatewayType,
  spec: string | null,
  own: Readonly<Record<string, number | null>>,
): GatewayLimits {
  const limits = { ...defaultLimits(type, spec), ...own }
  const connectionsMax = capacityOf(spec)?.connections.overload ?? Number.POSITIVE_INFINITY
  return { ...limits, connectionsMax: Math.min(limits.connectionsMax, connectionsMax) }
}

function capacityOf(spec: string | null): NodeCapacity | null {
  const known = gatewaySpec.safeParse(spec)
  return known.success ? nodeCapacity[known.data] : null
}

/**
 * Loopback and private ranges are where model servers live, so they are allowed. Denied are addresses that
 * hand out credentials (cloud metadata) or that no model server has.
 */
export const defaultEgress: EgressPolicy = {
  denyCidrs: [
    '0.0.0.0/8',
    '169.254.0.0/16',
    '100.100.100.200/32',
    '224.0.0.0/4',
    '255.255.255.255/32',
    '::/128',
    'fe80::/10',
    'fd00:ec2::254/128',
    'ff00::/8',
  ],
  allowCidrs: [],
}
