import { networkInterfaces } from 'node:os'
import type { Env } from '@/lib/platform/env.ts'

/** The doors that every gateway may have; NLB listeners come besides. */
export const sideDoors = ['internet', 'internet-tls', 'vpc', 'vpc-tls'] as const
export type SideDoor = (typeof sideDoors)[number]

/** Where gateways of this installation stand and how they are printed, from the environment. */
export interface GatewayPlace {
  readonly gatewayHost: string
  /** The address that listeners bind: `0.0.0.0`, `::` or one of this machine's. */
  readonly bindAddress: string
  /** Null: the installation has no domain name of its own. */
  readonly baseDomain: string | null
  readonly sharedPorts: Readonly<Record<SideDoor, number>>
  /** First and last. */
  readonly dedicatedPorts: readonly [number, number]
  /** How many nodes dedicated gateways may have in all. */
  readonly dedicatedNodesMax: number
  readonly consolePort: number
  readonly nameServerPort: number
  /** What the name server answers with. IPv4 and IPv6. */
  readonly addresses: readonly string[]
}

export function gatewayPlace(env: Env): GatewayPlace {
  const written = env.SWITCHYARD_GATEWAY_ADDRESSES.split(',').map((text) => text.trim())
  const addresses = written.filter((text) => text !== '')
  return {
    gatewayHost: env.SWITCHYARD_GATEWAY_HOST.toLowerCase(),
    bindAddress: env.SWITCHYARD_GATEWAY_BIND,
    baseDomain: env.SWITCHYARD_BASE_DOMAIN?.toLowerCase() ?? null,
    sharedPorts: {
      internet: env.SWITCHYARD_GATEWAY_INTERNET_PORT,
      'internet-tls': env.SWITCHYARD_GATEWAY_INTERNET_TLS_PORT,
      vpc: env.SWITCHYARD_GATEWAY_VPC_PORT,
      'vpc-tls': env.SWITCHYARD_GATEWAY_VPC_TLS_PORT,
    },
    dedicatedPorts: env.SWITCHYARD_DEDICATED_PORTS,
    dedicatedNodesMax: env.SWITCHYARD_DEDICATED_NODES,
    consolePort: env.PORT,
    nameServerPort: env.SWITCHYARD_DNS_PORT,
    addresses: addresses.length > 0 ? addresses : machineAddresses(),
  }
}

/** Loopback only where the machine has nothing else. */
function machineAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const outer = all.filter(({ internal, address }) => !(internal || address.startsWith('fe80:')))
  return outer.length > 0 ? outer.map(({ address }) => address) : ['127.0.0.1']
}
