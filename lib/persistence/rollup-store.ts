import type { Transaction } from './database.ts'
import { Prisma } from './generated/sqlite/client.ts'

export interface RollupInsert {
  readonly serviceId: string
  readonly tokenId: string | null
  /** Milliseconds since the epoch, a whole minute. */
  readonly minute: number
  readonly requests: number
  readonly clientErrors: number
  readonly serverErrors: number
  /** Answers of 429 and 450 that the gateway made. */
  readonly rateLimited: number
  readonly durationMsSum: number
  readonly firstByteMsSum: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly bytesIn: number
  readonly bytesOut: number
}

export interface TrafficSums {
  readonly requests: number
  readonly clientErrors: number
  readonly serverErrors: number
  readonly rateLimited: number
  readonly durationMsSum: number
  readonly firstByteMsSum: number
  readonly inputTokens: number
  readonly outputTokens: number
}

export const noTraffic: TrafficSums = {
  requests: 0,
  clientErrors: 0,
  serverErrors: 0,
  rateLimited: 0,
  durationMsSum: 0,
  firstByteMsSum: 0,
  inputTokens: 0,
  outputTokens: 0,
}

const sums = {
  requests: true,
  clientErrors: true,
  serverErrors: true,
  rateLimited: true,
  durationMsSum: true,
  firstByteMsSum: true,
  inputTokens: true,
  outputTokens: true,
} as const

// 14 columns: SQLite takes 32,766 parameters in one statement, PostgreSQL 65,535.
const rowsPerStatement = 1000
const idsPerQuery = 500

/** Adds to what is there: reports of several nodes and of several seconds make one minute's row. */
export async function addRollups(
  transaction: Transaction,
  gatewayId: string,
  rollups: readonly RollupInsert[],
): Promise<void> {
  const rows = mergeRollups(rollups)
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const values = rows.slice(start, start + rowsPerStatement).map((row) => rollupValues(gatewayId, row))
    await transaction.$executeRaw`
      INSERT INTO "RequestRollup" ("serviceId", "tokenId", "minute", "gatewayId", "requests", "clientErrors",
        "serverErrors", "rateLimited", "durationMsSum", "firstByteMsSum", "inputTokens", "outputTokens", "bytesIn",
        "bytesOut")
      VALUES ${Prisma.join(values)}
      ON CONFLICT ("serviceId", "tokenId", "minute") DO UPDATE SET
        "requests" = "RequestRollup"."requests" + excluded."requests",
        "clientErrors" = "RequestRollup"."clientErrors" + excluded."clientErrors",
        "serverErrors" = "RequestRollup"."serverErrors" + excluded."serverErrors",
        "rateLimited" = "RequestRollup"."rateLimited" + excluded."rateLimited",
        "durationMsSum" = "RequestRollup"."durationMsSum" + excluded."durationMsSum",
        "firstByteMsSum" = "RequestRollup"."firstByteMsSum" + excluded."firstByteMsSum",
        "inputTokens" = "RequestRollup"."inputTokens" + excluded."inputTokens",
        "outputTokens" = "RequestRollup"."outputTokens" + excluded."outputTokens",
        "bytesIn" = "RequestRollup"."bytesIn" + excluded."bytesIn",
        "bytesOut" = "RequestRollup"."bytesOut" + excluded."bytesOut"`
  }
}

function rollupValues(gatewayId: string, row: RollupInsert): Prisma.Sql {
  const whole = (count: number) => BigInt(Math.round(count))
  return Prisma.sql`(${Prisma.join([
    row.serviceId,
    row.tokenId ?? '',
    new Date(row.minute),
    gatewayId,
    Math.round(row.requests),
    Math.round(row.clientErrors),
    Math.round(row.serverErrors),
    Math.round(row.rateLimited),
    row.durationMsSum,
    row.firstByteMsSum,
    whole(row.inputTokens),
    whole(row.outputTokens),
    whole(row.bytesIn),
    whole(row.bytesOut),
  ])})`
}

/** One statement may not touch a row twice, and a row in one order everywhere cannot deadlock. */
function mergeRollups(rollups: readonly RollupInsert[]): RollupInsert[] {
  const merged = new Map<string, RollupInsert>()
  for (const rollup of rollups) {
    const key = `${rollup.serviceId}\n${rollup.tokenId ?? ''}\n${rollup.minute}`
    const before = merged.get(key)
    merged.set(key, before === undefined ? rollup : addRollup(before, rollup))
  }
  return [...merged].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, rollup]) => rollup)
}

function addRollup(left: RollupInsert, right: RollupInsert): RollupInsert {
  return {
    ...left,
    requests: left.requests + right.requests,
    clientErrors: left.clientErrors + right.clientErrors,
    serverErrors: left.serverErrors + right.serverErrors,
    rateLimited: left.rateLimited + right.rateLimited,
    durationMsSum: left.durationMsSum + right.durationMsSum,
    firstByteMsSum: left.firstByteMsSum + right.firstByteMsSum,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    bytesIn: left.bytesIn + right.bytesIn,
    bytesOut: left.bytesOut + right.bytesOut,
  }
}

/** Sums by service since a minute. Services without traffic are absent. */
export async function trafficOfServices(
  transaction: Transaction,
  serviceIds: readonly string[],
  since: Date,
): Promise<Map<string, TrafficSums>> {
  const found = new Map<string, TrafficSums>()
  for (let start = 0; start < serviceIds.length; start += idsPerQuery) {
    const rows = await transaction.requestRollup.groupBy({
      by: ['serviceId'],
      where: { serviceId: { in: serviceIds.slice(start, start + idsPerQuery) }, minute: { gte: since } },
      _sum: sums,
    })
    for (const row of rows) found.set(row.serviceId, toSums(row._sum))
  }
  return found
}

export interface HourOfTraffic extends TrafficSums {
  /** Milliseconds since the epoch. */
  readonly hour: number
}

/** The last `hours` hours over all services given, oldest first, quiet hours included; the present hour is the last. */
export async function hourlyTraffic(
  transaction: Transaction,
  serviceIds: readonly string[],
  now: Date,
  hours = 24,
): Promise<HourOfTraffic[]> {
  const hourMs = 3_600_000
  const first = Math.floor(now.getTime() / hourMs) * hourMs - (hours - 1) * hourMs
  const byHour = new Map<number, TrafficSums>()
  for (let start = 0; start < serviceIds.length; start += idsPerQuery) {
    const rows = await transaction.requestRollup.groupBy({
      by: ['minute'],
      where: {
        serviceId: { in: serviceIds.slice(start, start + idsPerQuery) },
        minute: { gte: new Date(first) },
      },
      _sum: sums,
    })
    for (const row of rows) {
      const hour = Math.floor(row.minute.getTime() / hourMs) * hourMs
      byHour.set(hour, addSums(byHour.get(hour) ?? noTraffic, toSums(row._sum)))
    }
  }
  return Array.from({ length: hours }, (_, index) => {
    const hour = first + index * hourMs
    return { hour, ...(byHour.get(hour) ?? noTraffic) }
  })
}

/** Requests by token of one service since a minute. */
export async function requestsByToken(
  transaction: Transaction,
  serviceId: string,
  since: Date,
): Promise<Map<string, number>> {
  const rows = await transaction.requestRollup.groupBy({
    by: ['tokenId'],
    where: { serviceId, minute: { gte: since } },
    _sum: { requests: true },
  })
  return new Map(rows.map((row) => [row.tokenId, row._sum.requests ?? 0]))
}

export async function requestsOfGateway(
  transaction: Transaction,
  gatewayId: string,
  since: Date,
): Promise<number> {
  const { _sum } = await transaction.requestRollup.aggregate({
    where: { gatewayId, minute: { gte: since } },
    _sum: { requests: true },
  })
  return _sum.requests ?? 0
}

export async function purgeRollups(transaction: Transaction, before: Date): Promise<number> {
  const { count } = await transaction.requestRollup.deleteMany({ where: { minute: { lt: before } } })
  return count
}

function toSums(row: { [K in keyof TrafficSums]: number | bigint | null }): TrafficSums {
  return {
    requests: Number(row.requests ?? 0),
    clientErrors: Number(row.clientErrors ?? 0),
    serverErrors: Number(row.serverErrors ?? 0),
    rateLimited: Number(row.rateLimited ?? 0),
    durationMsSum: Number(row.durationMsSum ?? 0),
    firstByteMsSum: Number(row.firstByteMsSum ?? 0),
    inputTokens: Number(row.inputTokens ?? 0),
    outputTokens: Number(row.outputTokens ?? 0),
  }
}

export function addSums(left: TrafficSums, right: TrafficSums): TrafficSums {
  return {
    requests: left.requests + right.requests,
    clientErrors: left.clientErrors + right.clientErrors,
    serverErrors: left.serverErrors + right.serverErrors,
    rateLimited: left.rateLimited + right.rateLimited,
    durationMsSum: left.durationMsSum + right.durationMsSum,
    firstByteMsSum: left.firstByteMsSum + right.firstByteMsSum,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
  }
}
