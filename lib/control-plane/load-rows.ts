import { type Database, inTransaction } from '@/lib/persistence/database.ts'
import { findGateway, type GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { listServicesOfGateway } from '@/lib/persistence/inference-service-store.ts'
import { openSecret } from '@/lib/persistence/sealed-secret.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { GatewayType } from '@/lib/snapshot/snapshot.ts'
import { gatewayDocument } from './documents.ts'
import type { GatewayRows, ServiceRows } from './gateway-rows.ts'
import { serviceDocument } from './service-rows.ts'

export interface RowLoader {
  readonly database: Database
  readonly masterKey: Buffer
  readonly hosts: GatewayRows['hosts']
  readonly clock: Clock
}

type StoredServices = Awaited<ReturnType<typeof listServicesOfGateway>>

/** One gateway's rows as one transaction sees them, so that the revision number and the rows agree. */
export async function loadRows(loader: RowLoader, gatewayId: string): Promise<GatewayRows | null> {
  const { database, masterKey, hosts, clock } = loader
  const found = await inTransaction(database, async (transaction) => {
    const gateway = await findGateway(transaction, gatewayId)
    if (gateway === null) return null
    const now = new Date(clock.now())
    return { gateway, services: await listServicesOfGateway(transaction, gateway.id, now) }
  })
  if (found === null) return null
  const services = found.services.map((service) => toService(service, masterKey))
  return { gateway: toGateway(found.gateway), hosts, services }
}

function toGateway(row: GatewayRow): GatewayRows['gateway'] {
  const { id, name, revision } = row
  return { id, name, type: row.type as GatewayType, revision, document: gatewayDocument.parse(row) }
}

function toService(row: StoredServices[number], masterKey: Buffer): ServiceRows {
  const { upstreamCredentialSealed, ...document } = serviceDocument(row)
  return {
    id: row.id,
    document,
    upstreamCredential: upstreamCredentialSealed && openSecret(masterKey, row.id, upstreamCredentialSealed),
    tokens: row.tokens.map(({ id, sealed, expiresAt, requestsPerSecond }) => ({
      id,
      value: openSecret(masterKey, id, sealed),
      expiresAt: expiresAt?.getTime() ?? null,
      requestsPerSecond,
    })),
  }
}
