import { found } from '@/lib/console/not-found.ts'
import type { GatewayNetwork, LinkRow } from '@/lib/persistence/gateway-network-store.ts'

/** One VPC of the gateway's VPC side, by the link's id. Throws `not_found`. */
export function requireLink({ links }: GatewayNetwork, id: string): LinkRow {
  return found(links.find((link) => link.side === 'vpc' && link.id === id))
}
