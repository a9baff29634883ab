import { consoleContext } from '@/lib/console/console-context.ts'
import { liveNodes } from '@/lib/console/gateways/live-nodes.ts'
import { listenerOf, noNode } from '@/lib/console/gateways/node-listener.ts'
import { gatewayHost } from '@/lib/control-plane/gateway-names.ts'
import type { ModelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import { AppError } from '@/lib/domain/error.ts'
import { gatewayType } from '@/lib/domain/gateway.ts'
import { belowBase, routesOf } from '@/lib/domain/model-api-routes.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getGatewayNames } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'

/** Where and how one Model API is called by the console over the wire. */
export interface SelfTestDoor {
  /** Of a node's listener: `http://127.0.0.1:8080`. */
  readonly origin: string
  /** What the request names, and the handshake. */
  readonly host: string
  readonly method: string
  readonly path: string
}

interface Name {
  readonly host: string
  readonly side: 'internet' | 'vpc'
  readonly protocol: 'http' | 'https'
}

/** Throws `unavailable` where no node listens for it, `conflict` where nothing of the API answers. */
export async function selfTestDoor(
  transaction: Transaction,
  gateway: GatewayRow,
  api: ModelApiDocument,
): Promise<SelfTestDoor> {
  const route = routesOf(api.useCase, api.protocol).find(
    ({ name, carries }) => !api.disabledRoutes.includes(name) && !carries.includes('websocket'),
  )
  if (route === undefined)
    throw new AppError('conflict', 'No route of this API is on, so there is nothing to call.')
  const nodes = await liveNodes(transaction, gateway.id)
  for (const { host, side, protocol } of await namesOf(transaction, gateway, api)) {
    const origin = listenerOf(nodes, side, protocol)
    if (origin === null) continue
    const method = route.methods.includes('POST') ? 'POST' : (route.methods[0] ?? 'GET')
    const path = belowBase(api.basePath, route.path).replaceAll(/\{\w+\}/g, 'self-test')
    return { origin, host, method, path }
  }
  throw noNode()
}

async function namesOf(
  transaction: Transaction,
  gateway: GatewayRow,
  api: ModelApiDocument,
): Promise<Name[]> {
  if (api.domainIds.length === 0) {
    const { place } = consoleContext()
    const named = { name: gateway.name, type: gatewayType.parse(gateway.type) }
    const sides = [
      ...(gateway.internetEnabled ? (['internet'] as const) : []),
      ...(gateway.vpcEnabled ? (['vpc'] as const) : []),
    ]
    return sides.map((side) => ({ host: gatewayHost(place, named, side), side, protocol: 'http' }))
  }
  const { domains } = await getGatewayNames(transaction, gateway.id)
  return domains
    .filter(({ id }) => api.domainIds.includes(id))
    .map(({ name, side, protocol }) => ({
      // A wildcard takes any name below it.
      host: name.replace(/^\*/, 'self-test'),
      side: side === 'private' ? 'vpc' : 'internet',
      protocol: protocol === 'https' ? 'https' : 'http',
    }))
}
