import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Gateway, ModelApi, Prisma } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

export type ModelApiRow = ModelApi & { readonly gateway: Gateway }

const parts = { gateway: true } as const satisfies Prisma.ModelApiInclude

export async function listModelApis(
  transaction: Transaction,
  {
    workspaceId,
    gatewayId,
    resourceGroup,
    limit,
    cursor,
  }: PageRequest & {
    readonly workspaceId: string
    readonly gatewayId?: string | undefined
    readonly resourceGroup?: string | undefined
  },
): Promise<Page<ModelApiRow>> {
  const rows = await transaction.modelApi.findMany({
    where: {
      AND: [
        { workspaceId },
        gatewayId === undefined ? {} : { gatewayId },
        resourceGroup === undefined ? {} : { resourceGroup },
        afterCursor(cursor, 'name', 'asc') ?? {},
      ],
    },
    include: parts,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.name)
}

export function getModelApi(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
): Promise<ModelApiRow | null> {
  return transaction.modelApi.findFirst({
    where: { workspaceId, OR: [{ id: idOrName }, { name: idOrName }] },
    include: parts,
  })
}

/** Of every workspace: those of one gateway share its names and paths. */
export function listModelApisOfGateway(transaction: Transaction, gatewayId: string): Promise<ModelApi[]> {
  return transaction.modelApi.findMany({ where: { gatewayId }, orderBy: { id: 'asc' } })
}

/** Anywhere in the installation. Says nothing of where. */
export async function isModelApiNameTaken(transaction: Transaction, name: string): Promise<boolean> {
  return (await transaction.modelApi.count({ where: { name } })) > 0
}

export async function insertModelApi(
  transaction: Transaction,
  row: Prisma.ModelApiUncheckedCreateInput,
  serviceIds: readonly string[],
): Promise<void> {
  await insertOrConflict(`A Model API named ${row.name} exists already.`, () =>
    transaction.modelApi.create({ data: row }),
  )
  await insertTargets(transaction, row.id, serviceIds)
}

export async function updateModelApi(
  transaction: Transaction,
  key: { readonly workspaceId: string; readonly id: string; readonly version: number },
  data: Prisma.ModelApiUncheckedUpdateManyInput,
  serviceIds: readonly string[],
): Promise<void> {
  const { count } = await insertOrConflict('A Model API of this name exists already.', () =>
    transaction.modelApi.updateMany({ where: key, data: { ...data, version: { increment: 1 } } }),
  )
  await requireChanged(count, () => getModelApi(transaction, key.workspaceId, key.id))
  await releaseTargets(transaction, key.id)
  await insertTargets(transaction, key.id, serviceIds)
}

/** It routes nowhere until it is written again, in the same transaction. */
export async function releaseTargets(transaction: Transaction, modelApiId: string): Promise<void> {
  await transaction.modelApiTarget.deleteMany({ where: { modelApiId } })
}

async function insertTargets(
  transaction: Transaction,
  modelApiId: string,
  serviceIds: readonly string[],
): Promise<void> {
  const data = [...new Set(serviceIds)].map((serviceId) => ({ modelApiId, serviceId }))
  await transaction.modelApiTarget.createMany({ data })
}

export async function removeModelApi(
  transaction: Transaction,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<void> {
  await transaction.modelApi.deleteMany({ where: { workspaceId, id } })
}

/** Whether they ask their callers who they are is for the caller to look at. */
export function listModelApisOfWorkspace(transaction: Transaction, workspaceId: string): Promise<ModelApi[]> {
  return transaction.modelApi.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } })
}

export function listModelApiNames(
  transaction: Transaction,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return transaction.modelApi.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } })
}

export function countModelApis(transaction: Transaction, workspaceId: string): Promise<number> {
  return transaction.modelApi.count({ where: { workspaceId } })
}
