import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Prisma, Vpc, VSwitch } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

export type VSwitchRow = VSwitch & { readonly vpc: Vpc }

/** Of one VPC or of all of the workspace. */
export async function listVSwitches(
  transaction: Transaction,
  {
    workspaceId,
    vpcId,
    limit,
    cursor,
  }: PageRequest & { readonly workspaceId: string; readonly vpcId?: string | undefined },
): Promise<Page<VSwitchRow>> {
  const where: Prisma.VSwitchWhereInput = { vpc: { workspaceId } }
  if (vpcId !== undefined) where.vpcId = vpcId
  const rows = await transaction.vSwitch.findMany({
    where: { AND: [where, afterCursor(cursor, 'name', 'asc') ?? {}] },
    include: { vpc: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.name)
}

export function getVSwitch(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<VSwitchRow | null> {
  return transaction.vSwitch.findFirst({ where: { id, vpc: { workspaceId } }, include: { vpc: true } })
}

export async function insertVSwitch(
  transaction: Transaction,
  row: Prisma.VSwitchUncheckedCreateInput,
): Promise<void> {
  await insertOrConflict(`A vSwitch named ${row.name} exists already in this VPC.`, () =>
    transaction.vSwitch.create({ data: row }),
  )
}

export async function updateVSwitch(
  transaction: Transaction,
  {
    workspaceId,
    id,
    version,
  }: { readonly workspaceId: string; readonly id: string; readonly version: number },
  data: Prisma.VSwitchUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await insertOrConflict('Another vSwitch of this VPC has this name.', () =>
    transaction.vSwitch.updateMany({
      where: { id, version, vpc: { workspaceId } },
      data: { ...data, version: { increment: 1 } },
    }),
  )
  await requireChanged(count, () => getVSwitch(transaction, workspaceId, id))
}

export async function removeVSwitch(
  transaction: Transaction,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<void> {
  await transaction.vSwitch.deleteMany({ where: { id, vpc: { workspaceId } } })
}
