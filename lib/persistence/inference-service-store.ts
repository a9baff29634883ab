import type { Transaction } from './database.ts'
import type { Gateway, InferenceService, Instance, Prisma } from './generated/sqlite/client.ts'

export type InstanceRow = Instance
/** With its gateway, and its instances in their order. */
export type InferenceServiceRow = InferenceService & {
  readonly gateway: Gateway
  readonly instances: Instance[]
}

const whole = { gateway: true, instances: { orderBy: { position: 'asc' } } } as const

export type NewInferenceService = Omit<
  Prisma.InferenceServiceUncheckedCreateInput,
  'instances' | 'tokens' | 'version' | 'createdAt' | 'updatedAt'
>

export interface InstanceFields {
  readonly id: string
  readonly url: string
  readonly weight: number
}

export async function insertInferenceService(
  transaction: Transaction,
  service: NewInferenceService,
  instances: readonly InstanceFields[],
): Promise<InferenceServiceRow> {
  await transaction.inferenceService.create({ data: service })
  await insertInstances(transaction, service.id, instances)
  return await transaction.inferenceService.findUniqueOrThrow({ where: { id: service.id }, include: whole })
}

/** By id or name within a workspace: names are lower-case and cannot look like ids. */
export async function findInferenceService(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
): Promise<InferenceServiceRow | null> {
  return await transaction.inferenceService.findFirst({
    where: { workspaceId, OR: [{ id: idOrName }, { name: idOrName }] },
    include: whole,
  })
}

export async function findInferenceServiceById(
  transaction: Transaction,
  id: string,
): Promise<InferenceServiceRow | null> {
  return await transaction.inferenceService.findUnique({ where: { id }, include: whole })
}

/** Names are unique in the installation, so this looks beyond the workspace. */
export async function namesStartingWith(
  transaction: Transaction,
  prefix: string,
): Promise<ReadonlySet<string>> {
  const rows = await transaction.inferenceService.findMany({
    where: { name: { startsWith: prefix } },
    select: { name: true },
  })
  return new Set(rows.map((row) => row.name))
}

export interface ServiceFilter {
  readonly workspaceId: string
  readonly q?: string | undefined
  readonly gatewayId?: string | undefined
  readonly apiTypes?: readonly string[] | undefined
  readonly field: 'name' | 'updatedAt' | 'createdAt'
  readonly direction: 'asc' | 'desc'
  readonly after?: { readonly value: string | Date; readonly id: string } | undefined
  readonly limit: number
}

/** Rows after a position, ordered by a field and then by id. */
export async function listInferenceServices(
  transaction: Transaction,
  filter: ServiceFilter,
): Promise<readonly InferenceServiceRow[]> {
  const { workspaceId, gatewayId, apiTypes, field, direction, limit } = filter
  return await transaction.inferenceService.findMany({
    where: {
      workspaceId,
      ...(gatewayId && { gatewayId }),
      ...(apiTypes && { apiType: { in: [...apiTypes] } }),
      AND: [matching(filter.q), following(filter)],
    },
    include: whole,
    orderBy: [{ [field]: direction }, { id: direction }],
    take: limit,
  })
}

function matching(q: string | undefined): Prisma.InferenceServiceWhereInput {
  if (!q) return {}
  const lower = q.toLowerCase()
  return {
    OR: [
      { name: { contains: lower } },
      { id: q },
      { model: { contains: q } },
      { instances: { some: { url: { contains: lower } } } },
    ],
  }
}

function following({ after, field, direction }: ServiceFilter): Prisma.InferenceServiceWhereInput {
  if (!after) return {}
  const beyond = direction === 'asc' ? 'gt' : 'lt'
  return {
    OR: [
      { [field]: { [beyond]: after.value } },
      { AND: [{ [field]: after.value }, { id: { [beyond]: after.id } }] },
    ],
  }
}

export async function listServiceNames(
  transaction: Transaction,
  workspaceId: string,
  limit = 100,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return await transaction.inferenceService.findMany({
    where: { workspaceId },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: limit,
  })
}

export async function countServices(
  transaction: Transaction,
  workspaceId: string,
  gatewayId?: string,
): Promise<number> {
  return await transaction.inferenceService.count({
    where: { workspaceId, ...(gatewayId && { gatewayId }) },
  })
}

export type ServiceChange = Omit<
  Prisma.InferenceServiceUncheckedUpdateInput,
  'id' | 'workspaceId' | 'instances' | 'tokens' | 'version' | 'updatedAt'
>

/** Null when the row is no longer at `version`; null `version` writes whatever is there. */
export async function updateInferenceService(
  transaction: Transaction,
  id: string,
  version: number | null,
  change: ServiceChange,
): Promise<InferenceServiceRow | null> {
  const { count } = await transaction.inferenceService.updateMany({
    where: { id, ...(version !== null && { version }) },
    data: { ...change, version: { increment: 1 } },
  })
  return count === 0 ? null : await findInferenceServiceById(transaction, id)
}

/** The list becomes exactly this one; instances that keep their id keep their health. */
export async function replaceInstances(
  transaction: Transaction,
  serviceId: string,
  instances: readonly InstanceFields[],
): Promise<void> {
  await transaction.instance.deleteMany({ where: { serviceId } })
  await insertInstances(transaction, serviceId, instances)
}

async function insertInstances(
  transaction: Transaction,
  serviceId: string,
  instances: readonly InstanceFields[],
): Promise<void> {
  const data = instances.map(({ id, url, weight }, position) => ({ id, url, weight, position, serviceId }))
  await transaction.instance.createMany({ data })
}

export async function deleteInferenceService(transaction: Transaction, id: string): Promise<void> {
  await transaction.inferenceService.delete({ where: { id } })
}
