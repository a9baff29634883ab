import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Prisma, Vpc, VSwitch } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

/** With its vSwitches, by name. */
export type VpcRow = Vpc & { readonly vswitches: readonly VSwitch[] }

const parts = { vswitches: { orderBy: { name: 'asc' } } } as const satisfies Prisma.VpcInclude

export async function listVpcs(
  transaction: Transaction,
  { workspaceId, limit, cursor }: PageRequest & { readonly workspaceId: string },
): Promise<Page<VpcRow>> {
  const rows = await transaction.vpc.findMany({
    where: { AND: [{ workspaceId }, afterCursor(cursor, 'name', 'asc') ?? {}] },
    include: parts,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.name)
}

export function getVpc(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
): Promise<VpcRow | null> {
  return transaction.vpc.findFirst({
    where: { workspaceId, OR: [{ id: idOrName }, { name: idOrName }] },
    include: parts,
  })
}

/** Of any workspace: for gateways that stand in a VPC whose workspace agreed. */
export function findVpc(transaction: Transaction, id: string): Promise<VpcRow | null> {
  return transaction.vpc.findUnique({ where: { id }, include: parts })
}

export async function insertVpc(
  transaction: Transaction,
  row: Prisma.VpcUncheckedCreateInput,
): Promise<void> {
  await insertOrConflict(`A VPC named ${row.name} exists already.`, () =>
    transaction.vpc.create({ data: row }),
  )
}

export async function updateVpc(
  transaction: Transaction,
  key: { readonly workspaceId: string; readonly id: string; readonly version: number },
  data: Prisma.VpcUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await insertOrConflict('Another VPC has this name.', () =>
    transaction.vpc.updateMany({ where: key, data: { ...data, version: { increment: 1 } } }),
  )
  await requireChanged(count, () => getVpc(transaction, key.workspaceId, key.id))
}

/** Those of a workspace, and whether it lets gateways of others in. */
export async function listLentVpcs(
  transaction: Transaction,
  workspaceId: string,
): Promise<{ id: string; name: string; isLent: boolean }[]> {
  const vpcs = await transaction.vpc.findMany({
    where: { workspaceId },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  const links = await transaction.gatewayVpcLink.findMany({
    where: { vpcId: { in: vpcs.map(({ id }) => id) }, consent: 'granted' },
    select: { vpcId: true },
  })
  const lent = new Set(links.map(({ vpcId }) => vpcId))
  return vpcs.map((vpc) => ({ ...vpc, isLent: lent.has(vpc.id) }))
}

/** Its users must be gone before; its vSwitches go with it, and nothing preselects it any more. */
export async function removeVpc(
  transaction: Transaction,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<void> {
  await transaction.workspace.updateMany({
    where: { id: workspaceId, defaultVpcId: id },
    data: { defaultVpcId: null },
  })
  await transaction.vpc.deleteMany({ where: { workspaceId, id } })
}
