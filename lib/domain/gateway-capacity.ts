import * as z from 'zod'

/** Sizes of a node of a fully managed gateway: CPU cores and GB of memory. */
export const gatewaySpecs = ['2c4g', '4c8g', '8c16g', '16c32g'] as const
export const gatewaySpec = z.enum(gatewaySpecs)
export type GatewaySpec = z.infer<typeof gatewaySpec>

export interface NodeCapacity {
  readonly cpus: number
  readonly memoryGb: number
  /** Client connections: survives a doubling burst below `safe`; full service level below `warning`; enforced at `overload`. */
  readonly connections: { readonly safe: number; readonly warning: number; readonly overload: number }
  /** New HTTPS connections a second. */
  readonly newTlsConnections: { readonly safe: number; readonly warning: number }
  readonly bandwidthGbits: number
  /** Requests a second of 1 KB over kept connections, at 30 % CPU. */
  readonly requestsPerSecond: number
}

/**
 * Per node; nodes add up. Source: the original product's capacity page. It gives requests a second for three nodes;
 * here a third of that. The two larger sizes scale the table's own step of two.
 */
export const nodeCapacity: Readonly<Record<GatewaySpec, NodeCapacity>> = {
  '2c4g': {
    cpus: 2,
    memoryGb: 4,
    connections: { safe: 12_000, warning: 24_000, overload: 40_000 },
    newTlsConnections: { safe: 400, warning: 800 },
    bandwidthGbits: 1,
    requestsPerSecond: 2166,
  },
  '4c8g': {
    cpus: 4,
    memoryGb: 8,
    connections: { safe: 24_000, warning: 48_000, overload: 80_000 },
    newTlsConnections: { safe: 800, warning: 1600 },
    bandwidthGbits: 2,
    requestsPerSecond: 4333,
  },
  '8c16g': {
    cpus: 8,
    memoryGb: 16,
    connections: { safe: 48_000, warning: 96_000, overload: 160_000 },
    newTlsConnections: { safe: 1600, warning: 3200 },
    bandwidthGbits: 4,
    requestsPerSecond: 8666,
  },
  '16c32g': {
    cpus: 16,
    memoryGb: 32,
    connections: { safe: 96_000, warning: 192_000, overload: 320_000 },
    newTlsConnections: { safe: 3200, warning: 6400 },
    bandwidthGbits: 8,
    requestsPerSecond: 17_333,
  },
}

export const managedNodesMax = 20
