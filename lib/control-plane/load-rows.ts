import { type Database, inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import {
  type GatewayNetwork,
  getGatewayNames,
  getGatewayNetwork,
  listSecurityRules,
} from '@/lib/persistence/gateway-network-store.ts'
import { findGateway, type GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { listServicesOfGateway } from '@/lib/persistence/inference-service-store.ts'
import { getUpstreams } from '@/lib/persistence/upstream-store.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import { selfTestKey } from '@/lib/snapshot/self-test-ticket.ts'
import type { GatewayType } from '@/lib/snapshot/snapshot.ts'
import { gatewayDocument } from './documents.ts'
import { gatewayHosts } from './gateway-names.ts'
import type { GatewayPlace } from './gateway-place.ts'
import type { GatewayRows } from './gateway-rows.ts'
import { type StoredNames, toNames } from './load-names.ts'
import { type StoredServices, toService } from './load-services.ts'
import { type StoredUpstreams, toUpstreams } from './load-upstreams.ts'
import { stringList } from './stored-json.ts'

export interface RowLoader {
  readonly database: Database
  readonly masterKey: Buffer
  readonly place: GatewayPlace
  readonly clock: Clock
}

interface Found {
  readonly gateway: GatewayRow
  readonly network: GatewayNetwork
  readonly names: StoredNames
  readonly services: StoredServices
  readonly upstreams: StoredUpstreams
  readonly securityRules: ReadonlyMap<string, unknown>
}

/** One gateway's rows as one transaction sees them, so that the revision number and the rows agree. */
export async function loadRows(loader: RowLoader, gatewayId: string): Promise<GatewayRows | null> {
  const { database, masterKey, place, clock } = loader
  const found = await inTransaction(database, (transaction) =>
    find(transaction, gatewayId, new Date(clock.now())),
  )
  if (found === null) return null
  const { network, securityRules } = found
  const gateway = toGateway(found.gateway)
  return {
    gateway,
    selfTestKey: selfTestKey(masterKey, gateway.id),
    hosts: gatewayHosts(place, gateway),
    tlsPorts: { internet: tlsPort('internet'), vpc: tlsPort('vpc') },
    internetWhitelist: network.internetWhitelist.map(({ cidr }) => cidr),
    vpcLinks: network.links.flatMap(({ side, consent, vpc, whitelist }) =>
      side === 'vpc' && vpc !== null
        ? {
            cidrs: stringList(vpc.cidrs),
            whitelist: whitelist.map(({ cidr }) => cidr),
            granted: consent === 'granted',
          }
        : [],
    ),
    ...toNames(found.names, masterKey),
    services: found.services.map((service) => toService(service, securityRules, masterKey)),
    ...toUpstreams(found.upstreams, found.names.domains, loader),
  }

  function tlsPort(side: 'internet' | 'vpc'): number | null {
    if (gateway.type === 'shared') return place.sharedPorts[`${side}-tls`]
    return network.ports.find(({ door }) => door === `${side}-tls`)?.port ?? null
  }
}

async function find(transaction: Transaction, gatewayId: string, now: Date): Promise<Found | null> {
  const gateway = await findGateway(transaction, gatewayId)
  if (gateway === null) return null
  const services = await listServicesOfGateway(transaction, gateway.id, now)
  const groups = new Set(services.flatMap(({ securityGroupId }) => securityGroupId ?? []))
  return {
    gateway,
    network: await getGatewayNetwork(transaction, gateway.id),
    names: await getGatewayNames(transaction, gateway.id),
    services,
    upstreams: await getUpstreams(transaction, gateway.id, now),
    securityRules: await listSecurityRules(transaction, [...groups]),
  }
}

function toGateway(row: GatewayRow): GatewayRows['gateway'] {
  const { id, name, spec, revision, internetEnabled, vpcEnabled } = row
  return {
    id,
    name,
    type: row.type as GatewayType,
    spec,
    revision,
    internetEnabled,
    vpcEnabled,
    document: gatewayDocument.parse(row),
  }
}
