import type { Transaction } from './database.ts'
import type { RequestRollup } from './generated/sqlite/client.ts'

export type RollupRow = RequestRollup

export interface RollupSums {
  readonly requests: number
  readonly clientErrors: number
  readonly serverErrors: number
  readonly durationMsSum: number
}

/** Sums per service since a moment; services without requests are absent. */
export async function sumByService(
  transaction: Transaction,
  serviceIds: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, RollupSums>> {
  const rows = await transaction.requestRollup.groupBy({
    by: ['serviceId'],
    where: { serviceId: { in: [...serviceIds] }, minute: { gte: since } },
    _sum: { requests: true, clientErrors: true, serverErrors: true, durationMsSum: true },
  })
  return new Map(
    rows.map(({ serviceId, _sum }) => [
      serviceId,
      {
        requests: _sum.requests ?? 0,
        clientErrors: _sum.clientErrors ?? 0,
        serverErrors: _sum.serverErrors ?? 0,
        durationMsSum: _sum.durationMsSum ?? 0,
      },
    ]),
  )
}

export interface TokenUse {
  readonly requests: number
  readonly lastMinute: Date
}

/** Requests per token since a moment. */
export async function sumByToken(
  transaction: Transaction,
  serviceId: string,
  since: Date,
): Promise<ReadonlyMap<string, TokenUse>> {
  const rows = await transaction.requestRollup.groupBy({
    by: ['tokenId'],
    where: { serviceId, minute: { gte: since } },
    _sum: { requests: true },
    _max: { minute: true },
  })
  return new Map(
    rows.flatMap(({ tokenId, _sum, _max }) =>
      _max.minute ? [[tokenId, { requests: _sum.requests ?? 0, lastMinute: _max.minute }]] : [],
    ),
  )
}

/** One row per minute over all the given services. */
export async function sumByMinute(transaction: Transaction, serviceIds: readonly string[], since: Date) {
  return await transaction.requestRollup.groupBy({
    by: ['minute'],
    where: { serviceId: { in: [...serviceIds] }, minute: { gte: since } },
    _sum: {
      requests: true,
      serverErrors: true,
      durationMsSum: true,
      inputTokens: true,
      outputTokens: true,
    },
  })
}

/** Requests through each gateway since a moment, of the given services. */
export async function countByGateway(
  transaction: Transaction,
  serviceIds: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction.requestRollup.groupBy({
    by: ['gatewayId'],
    where: { serviceId: { in: [...serviceIds] }, minute: { gte: since } },
    _sum: { requests: true },
  })
  return new Map(rows.map((row) => [row.gatewayId, row._sum.requests ?? 0]))
}
