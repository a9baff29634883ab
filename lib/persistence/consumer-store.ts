import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Consumer, ConsumerCredential, Prisma } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

export type CredentialRow = ConsumerCredential
/** With the credentials that have not run out. */
export type ConsumerRow = Consumer & { readonly credentials: readonly CredentialRow[] }

interface Key {
  readonly workspaceId: string
  readonly id: string
}

function parts(now: Date) {
  return {
    credentials: {
      where: { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    },
  } as const satisfies Prisma.ConsumerInclude
}

export async function listConsumers(
  transaction: Transaction,
  { workspaceId, limit, cursor }: PageRequest & { readonly workspaceId: string },
  now: Date,
): Promise<Page<ConsumerRow>> {
  const rows = await transaction.consumer.findMany({
    where: { AND: [{ workspaceId }, afterCursor(cursor, 'name', 'asc') ?? {}] },
    include: parts(now),
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.name)
}

export function getConsumer(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
  now: Date,
): Promise<ConsumerRow | null> {
  return transaction.consumer.findFirst({
    where: { workspaceId, OR: [{ id: idOrName }, { name: idOrName }] },
    include: parts(now),
  })
}

/** For snapshots of gateways that serve APIs of these workspaces. */
export function listConsumersOf(
  transaction: Transaction,
  workspaceIds: readonly string[],
  now: Date,
): Promise<ConsumerRow[]> {
  return transaction.consumer.findMany({
    where: { workspaceId: { in: [...workspaceIds] } },
    include: parts(now),
    orderBy: { id: 'asc' },
  })
}

export function countConsumers(transaction: Transaction, workspaceId: string): Promise<number> {
  return transaction.consumer.count({ where: { workspaceId } })
}

export async function isConsumerNameTaken(
  transaction: Transaction,
  workspaceId: string,
  name: string,
): Promise<boolean> {
  return (await transaction.consumer.count({ where: { workspaceId, name } })) > 0
}

export async function insertConsumer(
  transaction: Transaction,
  row: Prisma.ConsumerUncheckedCreateInput,
): Promise<void> {
  await insertOrConflict(`A consumer named ${row.name} exists already.`, () =>
    transaction.consumer.create({ data: row }),
  )
}

export async function updateConsumer(
  transaction: Transaction,
  key: Key & { readonly version: number },
  data: Prisma.ConsumerUncheckedUpdateManyInput,
  now: Date,
): Promise<void> {
  const { count } = await insertOrConflict('Another consumer has this name.', () =>
    transaction.consumer.updateMany({ where: key, data: { ...data, version: { increment: 1 } } }),
  )
  await requireChanged(count, () => getConsumer(transaction, key.workspaceId, key.id, now))
}

/** Its credentials go with it. */
export async function removeConsumer(transaction: Transaction, { workspaceId, id }: Key): Promise<void> {
  await transaction.consumer.deleteMany({ where: { workspaceId, id } })
}

/** Also by one that has run out and is not yet forgotten. */
export async function isDigestTaken(transaction: Transaction, digest: string): Promise<boolean> {
  return (await transaction.consumerCredential.count({ where: { tokenHash: digest } })) > 0
}

export async function insertCredential(
  transaction: Transaction,
  row: Prisma.ConsumerCredentialUncheckedCreateInput,
): Promise<void> {
  await insertOrConflict('This key is in use already. Choose another one.', () =>
    transaction.consumerCredential.create({ data: row }),
  )
}

/** Ends it with a date. What names a key without being secret goes over to the one that stands in for it. */
export async function supersedeCredential(
  transaction: Transaction,
  workspaceId: string,
  { id, type }: CredentialRow,
  expiresAt: Date,
): Promise<void> {
  await transaction.consumerCredential.updateMany({
    where: { id, consumer: { workspaceId } },
    data: { expiresAt, ...(type === 'hmac' && { tokenHash: null }) },
  })
}

export async function removeCredential(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<void> {
  await transaction.consumerCredential.deleteMany({ where: { id, consumer: { workspaceId } } })
}

/** The expired ones do nothing any more but take space. */
export async function purgeExpiredCredentials(transaction: Transaction, before: Date): Promise<void> {
  await transaction.consumerCredential.deleteMany({ where: { expiresAt: { lt: before } } })
}

/** Of one workspace, with what they may call. */
export function listConsumersGranted(
  transaction: Transaction,
  workspaceId: string,
): Promise<{ id: string; modelApiIds: unknown }[]> {
  return transaction.consumer.findMany({
    where: { workspaceId },
    select: { id: true, modelApiIds: true },
    orderBy: { id: 'asc' },
  })
}

export async function setGrants(
  transaction: Transaction,
  { workspaceId, id }: Key,
  modelApiIds: readonly string[],
): Promise<void> {
  await transaction.consumer.updateMany({
    where: { workspaceId, id },
    data: { modelApiIds: [...modelApiIds], version: { increment: 1 } },
  })
}
