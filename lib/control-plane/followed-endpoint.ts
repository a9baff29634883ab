import { keysMax } from '@/lib/domain/service-parts.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import type { getNamed } from '@/lib/persistence/upstream-store.ts'
import type { GatewaySide, GatewayType } from '@/lib/snapshot/snapshot.ts'
import type { UpstreamRows } from './compile-upstream.ts'
import { gatewayHost } from './gateway-names.ts'
import type { GatewayPlace } from './gateway-place.ts'

export type FollowedService = Awaited<ReturnType<typeof getNamed>>['followed'][number]

/** Of services that follow an inference service: which side of its gateway they call. */
export const connectionOption = 'connection'

/**
 * Where a service finds the inference service that it follows, and the tokens that open it, the active one first: under the gateway's own
 * name, so that it does not depend on custom domains. Null while that side of the gateway is off.
 */
export function followedEndpoint(
  service: FollowedService,
  connection: string | undefined,
  place: GatewayPlace,
  masterKey: Buffer,
): UpstreamRows['followed'] {
  const side: GatewaySide = connection === 'vpc' ? 'vpc' : 'internet'
  const port = portOf(service, side, place)
  const active = service.tokens.filter(({ expiresAt }) => expiresAt === null)
  if (port === null || active.length === 0) return null
  // Nodes learn of a rotation one after the other: one that does not know the new token yet still takes the old one.
  const tokens = [...active, ...service.tokens.filter(({ expiresAt }) => expiresAt !== null)].slice(
    0,
    keysMax,
  )
  const { name } = service.gateway
  const type = service.gateway.type as GatewayType
  const host = gatewayHost(place, { name, type }, side)
  return {
    baseUrl: `http://${host}:${port}/api/predict/${service.name}`,
    keys: tokens.map(({ id, sealed }) => ({ id, value: openSecret(masterKey, id, sealed) })),
  }
}

function portOf({ gateway }: FollowedService, side: GatewaySide, place: GatewayPlace): number | null {
  if (!(side === 'vpc' ? gateway.vpcEnabled : gateway.internetEnabled)) return null
  if (gateway.type === 'shared') return place.sharedPorts[side]
  return gateway.ports.find(({ door }) => door === side)?.port ?? null
}
