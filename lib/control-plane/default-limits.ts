import { defaultRateLimits, gatewayLimitsInput } from '@/lib/domain/gateway.ts'
import type { EgressPolicy, GatewayLimits, GatewayType } from '@/lib/snapshot/snapshot.ts'

const settable = gatewayLimitsInput.parse({})

/** What an owner may change has its default in the domain; the rest is fixed here. */
export function defaultLimits(type: GatewayType): GatewayLimits {
  return {
    ...settable,
    ...defaultRateLimits[type],
    headerBytesMax: 32_768,
    urlBytesMax: 16_384,
    clientHeadersMs: 15_000,
  }
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
