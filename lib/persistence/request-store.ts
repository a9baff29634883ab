import type { Page } from '@/lib/domain/object.ts'
import type { Transaction } from './database.ts'
import type { Prisma, RequestContent, RequestRecord } from './generated/sqlite/client.ts'
import { afterCursor, type PageRequest, toPage } from './page.ts'

export type RequestContentRow = RequestContent
/** With the name that its Model API has now. */
export type RequestRow = RequestRecord & { readonly modelApi: { readonly name: string } }

export interface RequestInserts {
  readonly records: readonly Prisma.RequestRecordCreateManyInput[]
  readonly contents: readonly Prisma.RequestContentCreateManyInput[]
}

const modelApi = { modelApi: { select: { name: true } } } as const

// 42 columns: SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535.
const rowsPerStatement = 500

/** The workspaces of those of these APIs that the gateway has. */
export async function modelApisOfGateway(
  transaction: Transaction,
  gatewayId: string,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.modelApi.findMany({
    where: { gatewayId, id: { in: [...ids] } },
    select: { id: true, workspaceId: true },
  })
  return new Map(rows.map(({ id, workspaceId }) => [id, workspaceId]))
}

export async function insertRequests(
  transaction: Transaction,
  { records, contents }: RequestInserts,
): Promise<void> {
  for (let start = 0; start < records.length; start += rowsPerStatement) {
    const data = records.slice(start, start + rowsPerStatement)
    await transaction.requestRecord.createMany({ data })
  }
  for (let start = 0; start < contents.length; start += rowsPerStatement) {
    const data = contents.slice(start, start + rowsPerStatement)
    await transaction.requestContent.createMany({ data })
  }
}

export interface RequestFilter {
  readonly workspaceId: string
  readonly modelApiId?: string | undefined
  /** From the first to below the second. */
  readonly status?: readonly [number, number] | undefined
  readonly model?: string | undefined
  /** Id or name. */
  readonly consumer?: string | undefined
  readonly requestId?: string | undefined
}

/** Newest first. */
export async function listRequests(
  transaction: Transaction,
  { limit, cursor, ...filter }: PageRequest & RequestFilter,
): Promise<Page<RequestRow>> {
  const rows = await transaction.requestRecord.findMany({
    where: { AND: [whereOf(filter), afterCursor(cursor, 'id', 'desc') ?? {}] },
    include: modelApi,
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  return toPage(rows, limit, (row) => row.id)
}

function whereOf(filter: RequestFilter): Prisma.RequestRecordWhereInput {
  const { workspaceId, modelApiId, status, model, consumer, requestId } = filter
  return {
    workspaceId,
    ...(modelApiId !== undefined && { modelApiId }),
    ...(status !== undefined && { status: { gte: status[0], lt: status[1] } }),
    ...(model !== undefined && { modelAsked: model }),
    ...(consumer !== undefined && { OR: [{ consumerId: consumer }, { consumerName: consumer }] }),
    ...(requestId !== undefined && { requestId }),
  }
}

/** By its own id, or the newest with this request id. */
export async function getRequest(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<RequestRow | null> {
  const { requestRecord } = transaction
  const row = await requestRecord.findFirst({ where: { workspaceId, id }, include: modelApi })
  if (row !== null) return row
  const where = { workspaceId, requestId: id }
  return await requestRecord.findFirst({ where, include: modelApi, orderBy: { id: 'desc' } })
}

export function getRequestContent(
  transaction: Transaction,
  recordId: string,
): Promise<RequestContentRow | null> {
  return transaction.requestContent.findUnique({ where: { recordId } })
}

const routed = {
  id: true,
  at: true,
  requestId: true,
  errorCode: true,
  serviceId: true,
  serviceName: true,
  modelAsked: true,
  intent: true,
  routed: true,
  promptCharacters: true,
  attempts: true,
} as const
export type RoutedRow = Pick<RequestRecord, keyof typeof routed>

/** What routing went by and came to, newest first; of traffic alone. */
export function listRoutedRequests(
  transaction: Transaction,
  modelApiId: string,
  limit: number,
): Promise<RoutedRow[]> {
  return transaction.requestRecord.findMany({
    where: { modelApiId, isDebug: false },
    select: routed,
    orderBy: { id: 'desc' },
    take: limit,
  })
}

/** Keeps what is not older than `sinceId`, and of each workspace its newest. */
export async function pruneRequests(
  transaction: Transaction,
  sinceId: string,
  kept: { readonly records: number; readonly contents: number },
): Promise<void> {
  const { requestRecord, requestContent } = transaction
  await requestRecord.deleteMany({ where: { id: { lt: sinceId } } })
  for (const { workspaceId } of await requestRecord.groupBy({ by: ['workspaceId'] })) {
    const surplus = await requestRecord.findMany({
      where: { workspaceId },
      select: { id: true },
      orderBy: { id: 'desc' },
      skip: kept.records,
      take: 1,
    })
    const oldest = surplus[0]
    if (oldest !== undefined)
      await requestRecord.deleteMany({ where: { workspaceId, id: { lte: oldest.id } } })
  }
  for (const { workspaceId } of await requestContent.groupBy({ by: ['workspaceId'] })) {
    const surplus = await requestContent.findMany({
      where: { workspaceId },
      select: { recordId: true },
      orderBy: { recordId: 'desc' },
      skip: kept.contents,
      take: 1,
    })
    const oldest = surplus[0]
    if (oldest !== undefined)
      await requestContent.deleteMany({ where: { workspaceId, recordId: { lte: oldest.recordId } } })
  }
}
