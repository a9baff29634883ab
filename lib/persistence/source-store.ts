import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Gateway, Prisma, Source } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

/** With the services that are found in it. */
export type SourceRow = Source & {
  readonly gateway: Gateway
  readonly services: readonly { readonly id: string; readonly name: string }[]
}

const parts = {
  gateway: true,
  services: { select: { id: true, name: true }, orderBy: { name: 'asc' } },
} as const satisfies Prisma.SourceInclude

export async function listSources(
  transaction: Transaction,
  {
    workspaceId,
    gatewayId,
    limit,
    cursor,
  }: PageRequest & { readonly workspaceId: string; readonly gatewayId?: string | undefined },
): Promise<Page<SourceRow>> {
  const rows = await transaction.source.findMany({
    where: {
      AND: [
        { workspaceId },
        gatewayId === undefined ? {} : { gatewayId },
        afterCursor(cursor, 'name', 'asc') ?? {},
      ],
    },
    include: parts,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.name)
}

export function getSource(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
): Promise<SourceRow | null> {
  return transaction.source.findFirst({
    where: { workspaceId, OR: [{ id: idOrName }, { name: idOrName }] },
    include: parts,
  })
}

/** Of one gateway, for its snapshot. */
export function listSourcesOfGateway(transaction: Transaction, gatewayId: string): Promise<Source[]> {
  return transaction.source.findMany({ where: { gatewayId }, orderBy: { id: 'asc' } })
}

/** By any of the types, of one workspace on one gateway. */
export function countSources(
  transaction: Transaction,
  where: { readonly workspaceId: string; readonly gatewayId: string },
  types: readonly string[],
): Promise<number> {
  return transaction.source.count({ where: { ...where, type: { in: [...types] } } })
}

export async function isSourceNameTaken(
  transaction: Transaction,
  workspaceId: string,
  name: string,
): Promise<boolean> {
  return (await transaction.source.count({ where: { workspaceId, name } })) > 0
}

export async function insertSource(
  transaction: Transaction,
  row: Prisma.SourceUncheckedCreateInput,
): Promise<void> {
  await insertOrConflict(`A source named ${row.name} exists already.`, () =>
    transaction.source.create({ data: row }),
  )
}

export async function updateSource(
  transaction: Transaction,
  key: { readonly workspaceId: string; readonly id: string; readonly version: number },
  data: Prisma.SourceUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await insertOrConflict('Another source has this name.', () =>
    transaction.source.updateMany({ where: key, data: { ...data, version: { increment: 1 } } }),
  )
  await requireChanged(count, () => getSource(transaction, key.workspaceId, key.id))
}

/** Its services must be gone before. */
export async function removeSource(
  transaction: Transaction,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<void> {
  await transaction.source.deleteMany({ where: { workspaceId, id } })
}

export function listSourceNames(
  transaction: Transaction,
  workspaceId: string,
): Promise<{ id: string; name: string }[]> {
  return transaction.source.findMany({
    where: { workspaceId },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
}
