import type { Page } from '@/lib/domain/object.ts'
import type { ServiceSource } from '@/lib/domain/upstream-service.ts'
import type { Transaction } from './database.ts'
import type { Gateway, Prisma, Service, ServiceKey } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** A service of the AI gateway with all that its pages show. */
export type ServiceRow = Service & {
  readonly gateway: Gateway
  readonly registry: Named | null
  readonly certificate: Named | null
  readonly inferenceService: Named | null
  /** In the order in which they were written. */
  readonly keys: readonly ServiceKey[]
  readonly modelApis: readonly Named[]
}
export type ServiceKeyRow = ServiceKey

const named = { select: { id: true, name: true } } as const
const parts = {
  gateway: true,
  registry: named,
  certificate: named,
  inferenceService: named,
  keys: { orderBy: { position: 'asc' } },
  targets: { select: { modelApi: named }, orderBy: { modelApi: { name: 'asc' } } },
} as const satisfies Prisma.ServiceInclude

type Loaded = Prisma.ServiceGetPayload<{ include: typeof parts }>

function toRow({ targets, ...row }: Loaded): ServiceRow {
  return { ...row, modelApis: targets.map(({ modelApi }) => modelApi) }
}

export interface ServiceFilter extends PageRequest {
  readonly workspaceId: string
  /** In name or description. */
  readonly q?: string | undefined
  readonly gatewayId?: string | undefined
  readonly source?: ServiceSource | undefined
}

export async function listServices(
  transaction: Transaction,
  { workspaceId, q, gatewayId, source, limit, cursor }: ServiceFilter,
): Promise<Page<ServiceRow>> {
  const where: Prisma.ServiceWhereInput = { workspaceId }
  if (gatewayId !== undefined) where.gatewayId = gatewayId
  if (source !== undefined) where.source = source
  if (q !== undefined && q !== '') where.OR = [{ name: { contains: q } }, { description: { contains: q } }]
  const rows = await transaction.service.findMany({
    where: { AND: [where, afterCursor(cursor, 'name', 'asc') ?? {}] },
    include: parts,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  })
  return toPage(rows.map(toRow), limit, (row) => row.name)
}

export async function getService(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
): Promise<ServiceRow | null> {
  const row = await transaction.service.findFirst({
    where: { workspaceId, OR: [{ id: idOrName }, { name: idOrName }] },
    include: parts,
  })
  return row && toRow(row)
}

/**
 * Of one gateway, for its snapshot, with their keys alone. There may be thousands, more than one statement takes ids,
 * so the keys are asked for by the gateway.
 */
export async function listUpstreamsOfGateway(
  transaction: Transaction,
  gatewayId: string,
): Promise<Array<Service & { readonly keys: readonly ServiceKey[] }>> {
  const services = await transaction.service.findMany({ where: { gatewayId }, orderBy: { id: 'asc' } })
  const keysOf = new Map<string, ServiceKey[]>(services.map(({ id }) => [id, []]))
  const keys = await transaction.serviceKey.findMany({
    where: { service: { gatewayId } },
    orderBy: { position: 'asc' },
  })
  for (const key of keys) keysOf.get(key.serviceId)?.push(key)
  return services.map((service) => ({ ...service, keys: keysOf.get(service.id) ?? [] }))
}

export async function isServiceNameTaken(
  transaction: Transaction,
  workspaceId: string,
  name: string,
): Promise<boolean> {
  return (await transaction.service.count({ where: { workspaceId, name } })) > 0
}

export interface ServiceKeyInsert {
  readonly id: string
  readonly label: string
  readonly sealed: string
  readonly hint: string
  readonly createdAt: Date
}

export async function insertService(
  transaction: Transaction,
  row: Prisma.ServiceUncheckedCreateInput,
  keys: readonly ServiceKeyInsert[],
): Promise<void> {
  await insertOrConflict(`A service named ${row.name} exists already.`, () =>
    transaction.service.create({ data: row }),
  )
  await insertKeys(transaction, row.id, keys)
}

export async function updateService(
  transaction: Transaction,
  key: { readonly workspaceId: string; readonly id: string; readonly version: number },
  data: Prisma.ServiceUncheckedUpdateManyInput,
  /** The whole list, or undefined to leave it. */
  keys?: readonly ServiceKeyInsert[],
): Promise<void> {
  const { count } = await transaction.service.updateMany({
    where: key,
    data: { ...data, version: { increment: 1 } },
  })
  await requireChanged(count, () => getService(transaction, key.workspaceId, key.id))
  if (keys === undefined) return
  await transaction.serviceKey.deleteMany({ where: { serviceId: key.id } })
  await insertKeys(transaction, key.id, keys)
}

async function insertKeys(
  transaction: Transaction,
  serviceId: string,
  keys: readonly ServiceKeyInsert[],
): Promise<void> {
  if (keys.length === 0) return
  await transaction.serviceKey.createMany({
    data: keys.map(({ id, label, sealed, hint, createdAt }, position) => ({
      ...{ id, label, sealed, hint, createdAt },
      ...{ serviceId, position },
    })),
  })
}

/** It names nothing that could go until it is written again, in the same transaction. */
export async function releaseService(
  transaction: Transaction,
  key: { readonly workspaceId: string; readonly id: string },
): Promise<void> {
  const data = { sourceId: null, certificateId: null, inferenceServiceId: null }
  await transaction.service.updateMany({ where: key, data })
}

/** Its keys go with it; Model APIs that route to it must be gone before. */
export async function removeService(
  transaction: Transaction,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<void> {
  await transaction.service.deleteMany({ where: { workspaceId, id } })
}

export function countServices(transaction: Transaction, workspaceId: string): Promise<number> {
  return transaction.service.count({ where: { workspaceId } })
}

export function listUpstreamNames(transaction: Transaction, workspaceId: string): Promise<Named[]> {
  return transaction.service.findMany({ where: { workspaceId }, ...named, orderBy: { name: 'asc' } })
}

/** Which services use something, with their gateways, whose snapshots follow from it. */
export type ServiceUse =
  | { readonly sourceId: string }
  | { readonly certificateId: string }
  | { readonly inferenceServiceId: string }
  /** Any inference service that this gateway serves. */
  | { readonly inferenceService: { readonly gatewayId: string } }

export function listServicesUsing(
  transaction: Transaction,
  use: ServiceUse,
): Promise<{ id: string; name: string; gatewayId: string; workspaceId: string }[]> {
  return transaction.service.findMany({
    where: use,
    select: { id: true, name: true, gatewayId: true, workspaceId: true },
    orderBy: { name: 'asc' },
  })
}

/** Gateways with services whose address, token or certificate comes from one of these gateways. */
export async function listFollowingGateways(
  transaction: Transaction,
  gatewayIds: readonly string[],
): Promise<string[]> {
  const gatewayId = { in: [...gatewayIds] }
  const rows = await transaction.service.findMany({
    where: {
      gatewayId: { notIn: [...gatewayIds] },
      OR: [{ inferenceService: { gatewayId } }, { certificate: { domains: { some: { gatewayId } } } }],
    },
    select: { gatewayId: true },
    distinct: ['gatewayId'],
  })
  return rows.map((row) => row.gatewayId)
}
