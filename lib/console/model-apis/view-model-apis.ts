import { consoleContext } from '@/lib/console/console-context.ts'
import { origin } from '@/lib/console/inference-services/printed-side.ts'
import { gatewayHost } from '@/lib/control-plane/gateway-names.ts'
import { modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import { gatewayType } from '@/lib/domain/gateway.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { belowBase, type ModelApiRoute, routesOf } from '@/lib/domain/model-api-routes.ts'
import type { RoutePlan } from '@/lib/domain/switched-routes.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getGatewayNames } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import type { ModelApiRow } from '@/lib/persistence/model-api-store.ts'
import { listPortsOfGateway } from '@/lib/persistence/port-store.ts'

/** `https://api.example.com`, by the id of a domain; '' stands for the gateway's own names. */
type Origins = ReadonlyMap<string, readonly string[]>

/** Rows as the API shows them, in a number of queries that grows with the gateways alone. */
export async function viewModelApis(
  transaction: Transaction,
  rows: readonly ModelApiRow[],
): Promise<ModelApi[]> {
  const origins = new Map<string, Origins>()
  for (const { gateway } of rows) {
    if (!origins.has(gateway.id)) origins.set(gateway.id, await originsOf(transaction, gateway))
  }
  return rows.map((row) => modelApiView(row, origins.get(row.gatewayId) ?? new Map()))
}

export async function originsOf(transaction: Transaction, gateway: GatewayRow): Promise<Origins> {
  const { place } = consoleContext()
  const type = gatewayType.parse(gateway.type)
  const ports =
    type === 'shared'
      ? new Map<string, number>(Object.entries(place.sharedPorts))
      : new Map((await listPortsOfGateway(transaction, gateway.id)).map(({ door, port }) => [door, port]))
  const origins = new Map<string, string[]>()
  const own = (['internet', 'vpc'] as const).flatMap((side) => {
    const port = ports.get(side)
    const isOn = side === 'vpc' ? gateway.vpcEnabled : gateway.internetEnabled
    if (!isOn || port === undefined) return []
    return [origin({ scheme: 'http', port }, gatewayHost(place, { name: gateway.name, type }, side))]
  })
  origins.set('', own)
  const { domains } = await getGatewayNames(transaction, gateway.id)
  for (const { id, name, side, protocol } of domains) {
    const door = side === 'private' ? 'vpc' : 'internet'
    const isTls = protocol === 'https'
    const port = ports.get(isTls ? `${door}-tls` : door)
    if (port !== undefined) origins.set(id, [origin({ scheme: isTls ? 'https' : 'http', port }, name)])
  }
  return origins
}

function routesThatAreOn({ useCase, protocol, disabledRoutes }: RoutePlan): ModelApiRoute[] {
  return routesOf(useCase, protocol).filter(({ name }) => !disabledRoutes.includes(name))
}

function modelApiView(row: ModelApiRow, origins: Origins): ModelApi {
  const { workspaceId: _, gatewayId: __, ...document } = modelApiDocument.parse(row)
  const { id, name, type } = row.gateway
  const under = document.domainIds.length === 0 ? [''] : document.domainIds
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    gateway: { id, name, type: gatewayType.parse(type) },
    ...document,
    addresses: routesThatAreOn(document).flatMap(({ path }) =>
      under
        .flatMap((domainId) => origins.get(domainId) ?? [])
        .map((start) => ({ path, url: start + belowBase(document.basePath, path) })),
    ),
  }
}
