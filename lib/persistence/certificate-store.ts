import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Certificate, Prisma } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

interface CertificateUser {
  readonly id: string
  readonly name: string
  readonly gatewayId: string
}

/** With the domain names that it serves, and the services that show it to their upstreams. */
export type CertificateRow = Certificate & {
  readonly domains: readonly CertificateUser[]
  readonly services: readonly CertificateUser[]
}

const user = { select: { id: true, name: true, gatewayId: true }, orderBy: { name: 'asc' } } as const
const parts = {
  domains: user,
  services: user,
} as const satisfies Prisma.CertificateInclude

/** Whose certificates: a workspace's, and the installation's where `installation` says so. */
export interface CertificateOwners {
  readonly workspaceId: string
  readonly installation: boolean
}

function ownedBy({ workspaceId, installation }: CertificateOwners): Prisma.CertificateWhereInput {
  return installation ? { OR: [{ workspaceId }, { workspaceId: null }] } : { workspaceId }
}

export async function listCertificates(
  transaction: Transaction,
  { limit, cursor, ...owners }: PageRequest & CertificateOwners,
): Promise<Page<CertificateRow>> {
  const rows = await transaction.certificate.findMany({
    where: { AND: [ownedBy(owners), afterCursor(cursor, 'name', 'asc') ?? {}] },
    include: parts,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.name)
}

export function getCertificate(
  transaction: Transaction,
  owners: CertificateOwners,
  id: string,
): Promise<CertificateRow | null> {
  return transaction.certificate.findFirst({ where: { AND: [{ id }, ownedBy(owners)] }, include: parts })
}

/** Names are unique among those of one owner; null is the installation. */
export async function isCertificateNameTaken(
  transaction: Transaction,
  workspaceId: string | null,
  name: string,
): Promise<boolean> {
  return (await transaction.certificate.count({ where: { workspaceId, name } })) > 0
}

export async function insertCertificate(
  transaction: Transaction,
  row: Prisma.CertificateUncheckedCreateInput,
): Promise<void> {
  await insertOrConflict(`A certificate named ${row.name} exists already.`, () =>
    transaction.certificate.create({ data: row }),
  )
}

export async function updateCertificate(
  transaction: Transaction,
  { id, version }: { readonly id: string; readonly version: number },
  data: Prisma.CertificateUncheckedUpdateManyInput,
): Promise<void> {
  const { count } = await insertOrConflict('Another certificate has this name.', () =>
    transaction.certificate.updateMany({
      where: { id, version },
      data: { ...data, version: { increment: 1 } },
    }),
  )
  await requireChanged(count, () => transaction.certificate.findUnique({ where: { id } }))
}

export async function removeCertificate(transaction: Transaction, id: string): Promise<void> {
  await transaction.certificate.deleteMany({ where: { id } })
}

/** Of any owner: who may use it is for the caller to say. */
export function findCertificate(transaction: Transaction, id: string): Promise<CertificateRow | null> {
  return transaction.certificate.findUnique({ where: { id }, include: parts })
}
