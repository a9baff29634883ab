import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Certificate, Domain, Gateway, Prisma } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

export type DomainRow = Domain & { readonly gateway: Gateway; readonly certificate: Certificate | null }

const parts = { gateway: true, certificate: true } as const satisfies Prisma.DomainInclude

/** Domain names of the shared gateway belong to the installation, and everybody's services answer there. */
function visibleTo(workspaceId: string): Prisma.DomainWhereInput {
  return { OR: [{ workspaceId }, { workspaceId: null }] }
}

export async function listDomains(
  transaction: Transaction,
  {
    workspaceId,
    gatewayId,
    limit,
    cursor,
  }: PageRequest & { readonly workspaceId: string; readonly gatewayId?: string | undefined },
): Promise<Page<DomainRow>> {
  const rows = await transaction.domain.findMany({
    where: {
      AND: [
        visibleTo(workspaceId),
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

export function getDomain(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
): Promise<DomainRow | null> {
  return transaction.domain.findFirst({
    where: { AND: [visibleTo(workspaceId), { OR: [{ id: idOrName }, { name: idOrName }] }] },
    include: parts,
  })
}

/** Of any workspace: for automatic certificates. */
export function findDomain(transaction: Transaction, id: string): Promise<DomainRow | null> {
  return transaction.domain.findUnique({ where: { id }, include: parts })
}

export async function isDomainTaken(transaction: Transaction, name: string): Promise<boolean> {
  return (await transaction.domain.count({ where: { name } })) > 0
}

export async function insertDomain(
  transaction: Transaction,
  row: Prisma.DomainUncheckedCreateInput,
): Promise<void> {
  await insertOrConflict(`${row.name} is taken by a domain name that exists.`, () =>
    transaction.domain.create({ data: row }),
  )
}

export async function updateDomain(
  transaction: Transaction,
  { id, version }: { readonly id: string; readonly version: number },
  data: Prisma.DomainUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await transaction.domain.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  })
  await requireChanged(count, () => findDomain(transaction, id))
}

/** What was found out about it, not an edit: the version stays. */
export async function noteOnDomain(
  transaction: Transaction,
  id: string,
  data: Pick<
    Prisma.DomainUncheckedUpdateManyInput,
    'dnsState' | 'dnsFound' | 'dnsCheckedAt' | 'certificateError' | 'certificateTriedAt' | 'certificateId'
  >,
): Promise<void> {
  await transaction.domain.updateMany({ where: { id }, data })
}

export async function removeDomain(transaction: Transaction, id: string): Promise<void> {
  await transaction.domain.deleteMany({ where: { id } })
}

/** Services of the workspace that answer under each gateway's domain names. */
export async function countServicesOfGateways(
  transaction: Transaction,
  workspaceId: string,
  gatewayIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction.inferenceService.groupBy({
    by: ['gatewayId'],
    where: { workspaceId, gatewayId: { in: [...gatewayIds] } },
    _count: true,
  })
  return new Map(rows.map(({ gatewayId, _count }) => [gatewayId, _count]))
}

/** Those whose certificate is ordered, with the certificate that they have. */
export function listAutomaticDomains(transaction: Transaction): Promise<DomainRow[]> {
  return transaction.domain.findMany({
    where: { automaticCertificate: true, protocol: 'https' },
    include: parts,
    orderBy: { id: 'asc' },
  })
}

/** Whether this caller may order now: of several at once, one. `seen` is what the caller had read. */
export async function claimOrder(
  transaction: Transaction,
  id: string,
  seen: Date | null,
  now: Date,
): Promise<boolean> {
  const { count } = await transaction.domain.updateMany({
    where: { id, certificateTriedAt: seen },
    data: { certificateTriedAt: now, certificateError: null },
  })
  return count > 0
}
