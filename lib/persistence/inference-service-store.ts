import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type {
  Gateway,
  InferenceService,
  Instance,
  InstanceHealth,
  Prisma,
  ServiceToken,
} from './generated/sqlite/client.ts'
import { healthOfInstances } from './instance-health-store.ts'
import { afterCursor, type PageRequest, type SortOrder, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

export type InstanceWithHealth = Instance & { readonly health: readonly InstanceHealth[] }

/** A service with all that its pages show, in a fixed number of queries however many there are. */
export type InferenceServiceRow = InferenceService & {
  readonly gateway: Gateway
  readonly tokens: readonly ServiceToken[]
  /** In the order in which they were written; health as nodes alive see it. */
  readonly instances: readonly InstanceWithHealth[]
}

const parts = {
  gateway: true,
  tokens: { orderBy: { id: 'desc' } },
  instances: { orderBy: { position: 'asc' } },
} as const satisfies Prisma.InferenceServiceInclude

type Loaded = Prisma.InferenceServiceGetPayload<{ include: typeof parts }>

export interface InferenceServiceFilter extends PageRequest {
  readonly workspaceId: string
  /** In name, model or address. */
  readonly q?: string | undefined
  readonly gatewayId?: string | undefined
  readonly apiTypes?: readonly string[] | undefined
  readonly sort: 'name' | '-name' | 'updatedAt' | '-updatedAt' | 'createdAt' | '-createdAt'
  /** Health of nodes last seen before does not count. */
  readonly aliveSince: Date
}

export async function listInferenceServices(
  transaction: Transaction,
  filter: InferenceServiceFilter,
): Promise<Page<InferenceServiceRow>> {
  const key = filter.sort.replace('-', '') as 'name' | 'updatedAt' | 'createdAt'
  const order: SortOrder = filter.sort.startsWith('-') ? 'desc' : 'asc'
  const rows = await transaction.inferenceService.findMany({
    where: { AND: [conditions(filter), afterCursor(filter.cursor, key, order) ?? {}] },
    include: parts,
    orderBy: [{ [key]: order }, { id: order }],
    take: filter.limit + 1,
  })
  return toPage(await joinHealth(transaction, rows, filter.aliveSince), filter.limit, (row) => row[key])
}

function conditions({ workspaceId, q, gatewayId, apiTypes }: InferenceServiceFilter) {
  const where: Prisma.InferenceServiceWhereInput = { workspaceId }
  if (gatewayId !== undefined) where.gatewayId = gatewayId
  if (apiTypes !== undefined) where.apiType = { in: [...apiTypes] }
  if (q !== undefined && q !== '') {
    where.OR = [
      { name: { contains: q.toLowerCase() } },
      { model: { contains: q } },
      { instances: { some: { url: { contains: q } } } },
    ]
  }
  return where
}

export async function getInferenceService(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
  aliveSince: Date,
): Promise<InferenceServiceRow | null> {
  const row = await transaction.inferenceService.findFirst({
    where: { workspaceId, OR: [{ id: idOrName }, { name: idOrName }] },
    include: parts,
  })
  return row === null ? null : ((await joinHealth(transaction, [row], aliveSince))[0] ?? null)
}

async function joinHealth(
  transaction: Transaction,
  rows: readonly Loaded[],
  aliveSince: Date,
): Promise<InferenceServiceRow[]> {
  const ids = rows.flatMap((row) => row.instances.map((instance) => instance.id))
  const health = await healthOfInstances(transaction, ids, aliveSince)
  return rows.map((row) => ({
    ...row,
    instances: row.instances.map((instance) => ({ ...instance, health: health.get(instance.id) ?? [] })),
  }))
}

export interface InstanceInsert {
  readonly id: string
  readonly url: string
  readonly weight: number
}

/** The name is unique in the installation, because it is part of the endpoint. */
export async function insertInferenceService(
  transaction: Transaction,
  row: Prisma.InferenceServiceUncheckedCreateInput,
  instances: readonly InstanceInsert[],
): Promise<void> {
  await insertOrConflict(`An inference service named ${row.name} exists already.`, () =>
    transaction.inferenceService.create({ data: row }),
  )
  await replaceInstances(transaction, row.id, instances)
}

export async function updateInferenceService(
  transaction: Transaction,
  key: { readonly workspaceId: string; readonly id: string; readonly version: number },
  data: Prisma.InferenceServiceUncheckedUpdateManyInput,
  /** The whole list, or undefined to leave it. An id kept keeps its health. */
  instances?: readonly InstanceInsert[],
): Promise<void> {
  const { count } = await transaction.inferenceService.updateMany({
    where: key,
    data: { ...data, version: { increment: 1 } },
  })
  const { id, workspaceId } = key
  await requireChanged(count, () => transaction.inferenceService.findFirst({ where: { id, workspaceId } }))
  if (instances !== undefined) await replaceInstances(transaction, id, instances)
}

async function replaceInstances(
  transaction: Transaction,
  serviceId: string,
  instances: readonly InstanceInsert[],
): Promise<void> {
  const kept = instances.map(({ id }) => id)
  await transaction.instance.deleteMany({ where: { serviceId, id: { notIn: kept } } })
  for (const [position, { id, url, weight }] of instances.entries()) {
    const changed = await transaction.instance.updateMany({
      where: { id, serviceId },
      data: { url, weight, position },
    })
    if (changed.count === 0)
      await transaction.instance.create({ data: { id, serviceId, url, weight, position } })
  }
}

/** Its instances and tokens go with it. */
export async function removeInferenceService(
  transaction: Transaction,
  key: { readonly workspaceId: string; readonly id: string; readonly version?: number },
): Promise<void> {
  const { id, workspaceId } = key
  const { count } = await transaction.inferenceService.deleteMany({ where: key })
  await requireChanged(count, () => transaction.inferenceService.findFirst({ where: { id, workspaceId } }))
}

/** Whether a name is taken anywhere in the installation. Says nothing of where. */
export async function isInferenceServiceNameTaken(transaction: Transaction, name: string): Promise<boolean> {
  return (await transaction.inferenceService.count({ where: { name } })) > 0
}

/** Names that start alike, for suggesting a free one. */
export async function listInferenceServiceNames(transaction: Transaction, start: string): Promise<string[]> {
  const rows = await transaction.inferenceService.findMany({
    where: { name: { startsWith: start } },
    select: { name: true },
  })
  return rows.map((row) => row.name)
}

export function countInferenceServicesOfGateway(
  transaction: Transaction,
  gatewayId: string,
  workspaceId: string | null,
): Promise<number> {
  return transaction.inferenceService.count({
    where: { gatewayId, ...(workspaceId === null ? {} : { workspaceId }) },
  })
}

/** Everything that one gateway serves, for its snapshot. Unexpired tokens only. */
export function listServicesOfGateway(transaction: Transaction, gatewayId: string, now: Date) {
  return transaction.inferenceService.findMany({
    where: { gatewayId },
    include: {
      instances: { orderBy: { position: 'asc' } },
      tokens: { where: { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }, orderBy: { id: 'asc' } },
    },
    orderBy: { id: 'asc' },
  })
}

export async function listServiceNames(
  transaction: Transaction,
  workspaceId: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return await transaction.inferenceService.findMany({
    where: { workspaceId },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
}

export async function hasInferenceService(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<boolean> {
  return (await transaction.inferenceService.count({ where: { workspaceId, id } })) > 0
}
